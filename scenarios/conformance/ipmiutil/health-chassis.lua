-- What changes in the chassis is shown by ipmiutil health.
tags("client", "health")

test("power, intrusion and policy are those of the chassis", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "health":ok():says "chassis_power += on"
  mc:power "off"
  sleep(2)
  expect_cc(mc:cmd(0x00, 0x06, { 2 }))
  local r = mc:ipmiutil "health":ok()
  r:says "chassis_power += off"
  r:says "pwr_restore_policy += turn_on"
  r:says "^Power State += 06 "
end)
