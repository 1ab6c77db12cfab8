-- Deleting takes one record out and leaves the others. IPMI v2.0, 31.8.
tags "sel"
writes()

test("a deleted record is gone, its neighbours are next to each other", function()
  local session = target():connect()
  local ids = {}
  for n = 1, 3 do
    ids[n] = session:sel_add(packet.sel_event { sensor = 0x53, data = { 0x01, 0xff, n } })
  end
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  local reply = session:cmd(0x0a, 0x46, reservation .. string.pack("<I2", ids[2]))
  expect_eq(expect_cc(optional(reply, "Delete SEL Entry")):le(1, 2), ids[2],
            "its id is said")
  expect_cc(session:cmd(0x0a, 0x43, string.pack("<I2I2BB", 0, ids[2], 0, 0xff)), 0xcb)
  local _, next_id = session:sel_entry(ids[1])
  expect_eq(next_id, ids[3], "the first names the third")
end)
