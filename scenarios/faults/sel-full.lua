-- A full log refuses records with C4h and says in its overflow flag that some were
-- lost, until it is cleared. (sel-full) IPMI v2.0, 31.2, 31.6.
tags "sel"

test("past its end records are refused, and the flag tells", function()
  local b = bmc "server-1u"
  local c = b:connect()
  local room = c:sel_info().free // 16
  local added = 0
  for _ = 1, room + 10 do
    local r = c:cmd(0x0a, 0x44, packet.sel_event {})
    if r.cc == 0 then added = added + 1 else expect_cc(r, 0xc4) end
  end
  local full = c:sel_info()
  expect(added <= room and added >= room - 10, "as many as there was room for")
  expect_eq({ full.free, full.overflow }, { 0, true })
  expect_eq(#c:sel(), full.entries, "all of it can be read")
  c:sel_clear()
  sleep(2)
  local empty = c:sel_info()
  expect_eq(empty.overflow, false)
  expect(empty.entries <= 1 and empty.free > 0)
end)
