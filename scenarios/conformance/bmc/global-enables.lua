-- The global enables can be read by anyone who is logged in. IPMI v2.0, 22.2.
tags "device"

test("Get BMC Global Enables gives one octet", function()
  local reply = expect_cc(target():connect():cmd(0x06, 0x2f))
  expect_eq(#reply, 1)
  expect_eq(reply[1] & 0x10, 0, "the reserved bit is 0")
end)
