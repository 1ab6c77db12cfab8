-- Data that are too short or too long are refused, and nothing is done.
-- IPMI v2.0, 5.2.
tags "gate"

test("requests of a wrong length are refused with C7h", function()
  local bmc = target()
  expect_cc(bmc:cmd(0x06, 0x01, { 0x00 }), 0xc7, "Get Device ID has no data")
  expect_cc(bmc:cmd(0x04, 0x2d), 0xc7, "Get Sensor Reading wants a number")
  expect_cc(bmc:cmd(0x0a, 0x43, { 0x00, 0x00, 0x00, 0x00, 0x00 }), 0xc7, "Get SEL Entry wants six octets")
  expect_cc(bmc:cmd(0x0a, 0x48, { 0x00 }), 0xc7, "Get SEL Time has no data")
end)

test("Chassis Control with an octet too many does nothing", { writes = true }, function()
  local bmc = target()
  local power = bmc:chassis_status().power
  expect_cc(bmc:cmd(0x00, 0x02, { power and 0x00 or 0x01, 0x00 }), 0xc7)
  expect_eq(bmc:chassis_status().power, power, "the power is as it was")
end)
