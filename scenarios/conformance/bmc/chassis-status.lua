-- Get Chassis Status is well formed. IPMI v2.0, 28.2.
tags "chassis"

test("the answer has 3 octets or 4, and its reserved bits are 0", function()
  local reply = expect_cc(target():connect():cmd(0x00, 0x01))
  expect(#reply == 3 or #reply == 4, "3 octets, or 4 with the front panel's")
  expect_eq(reply[1] & 0x80, 0, "the power state's reserved bit")
  expect_eq(reply[2] & 0xe0, 0, "the last event's reserved bits")
  expect_eq(reply[3] & 0x80, 0, "the other states' reserved bit")
end)
