-- The event receiver can be asked for. IPMI v2.0, 29.2.
tags "event"

test("Get Event Receiver gives an address and a LUN", function()
  local reply = optional(target():connect():cmd(0x04, 0x01), "Get Event Receiver")
  expect_eq(#expect_cc(reply), 2)
  expect(reply[1] == 0xff or reply[1] & 1 == 0, "a slave address, or FFh for none")
  expect_eq(reply[2] & 0xfc, 0, "a LUN is up to 3")
end)
