-- pyghmi asks the BMC to identify the chassis.
tags("client", "chassis", "quick")

test("for a time, for ever, and not any more", function()
  local mc = bmc "server-1u"
  local function state() return expect_cc(mc:cmd(0x00, 0x01))[3] >> 4 & 3 end
  mc:pyghmi("bmc.set_identify(True)"):ok()
  expect_eq(state(), 2, "for ever")
  mc:pyghmi("bmc.set_identify(False)"):ok()
  expect_eq(state(), 0, "not any more")
  mc:pyghmi("bmc.set_identify(True, duration=30)"):ok()
  expect_eq(state(), 1, "for a time")
end)
