-- The last event that was processed can be set and read. IPMI v2.0, 30.5, 30.6.
tags "pef"
writes()

test("what is set is read back", function()
  local session = target():connect()
  local id = session:sel_add(packet.sel_event { sensor = 0x56 })
  local data = "\0" .. string.pack("<I2", id)
  expect_cc(optional(session:cmd(0x04, 0x14, data), "Set Last Processed Event ID"))
  local reply = expect_cc(session:cmd(0x04, 0x15))
  expect_eq(#reply, 10, "the answer has 10 octets")
  expect_eq(reply:le(5, 2), id, "the last record of the log")
  expect_eq(reply:le(7, 2), id, "the last that software processed")
end)
