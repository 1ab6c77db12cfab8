-- The chassis is an entity whose controls switch the system.
tags("client", "power")

test("it is shown as it is", function()
  local mc = bmc "server-1u"
  mc:openipmi { "control get d(23.1).power", "Value: 1" }:ok()
  mc:power "off"
  wait_until(function() return not mc:chassis_status().power end, 10, "the system is off")
  mc:openipmi { "control get d(23.1).power", "Value: 0" }:ok()
end)

test("it is switched off and on", function()
  local mc = bmc "server-1u"
  mc:openipmi { "control set d(23.1).power 0", "Set done: d%(23%.1%)%.power" }:ok()
  wait_until(function() return not mc:chassis_status().power end, 10, "the system is off")
  mc:openipmi { "control set d(23.1).power 1", "Set done: d%(23%.1%)%.power" }:ok()
  wait_until(function() return mc:chassis_status().power end, 10, "the system is on")
end)

test("the reset control resets", function()
  bmc "server-1u":openipmi { "control set d(23.1).reset 1", "Set done: d%(23%.1%)%.reset" }:ok()
  expect_eq(trace:expect { "Chassis Control", answer = false }.data:byte(1), 3)
end)
