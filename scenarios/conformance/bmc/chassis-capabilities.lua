-- Get Chassis Capabilities names where the chassis' devices are.
-- IPMI v2.0, 28.1.
tags "chassis"

test("the answer has 5 octets or 6, the addresses are slave addresses", function()
  local reply = expect_cc(target():connect():cmd(0x00, 0x00))
  expect(#reply == 5 or #reply == 6, "5 octets, or 6 with the bridge's")
  for i = 2, #reply do expect_eq(reply[i] & 1, 0, "octet " .. i .. " is an address") end
end)
