-- ipmiutil alarms asks the BMC to identify the chassis.
tags("client", "chassis")

test("for five seconds, and not for longer", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "alarms -i5":ok():says "Setting ID LED to 5"
  expect_eq(expect_cc(mc:cmd(0x00, 0x01))[3] >> 4 & 3, 1, "identifying for a time")
  sleep(6)
  expect_eq(expect_cc(mc:cmd(0x00, 0x01))[3] >> 4 & 3, 0, "its time is over")
end)

test("-i0 ends it", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x00, 0x04, { 0, 1 }))
  mc:ipmiutil "alarms -i0":ok()
  expect_eq(expect_cc(mc:cmd(0x00, 0x01))[3] >> 4 & 3, 0)
end)
