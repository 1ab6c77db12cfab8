-- "power soft" asks the operating system to shut down, which takes its time.
-- IPMI v2.0, 28.3.
tags("client", "chassis")

test("it stops in good order, and then it is off", function()
  local mc = bmc "server-1u"
  mc.chassis.host:wait("os", 120)
  mc:ipmitool("chassis power soft"):ok():says "^Chassis Power Control: Soft$"
  expect_eq(mc.chassis.host:stage(), "stopping", "not at once")
  mc:ipmitool("power status"):ok():says "is on$"
  mc.chassis.host:wait("off", 120)
  mc:ipmitool("power status"):ok():says "is off$"
  mc:ipmitool("sel elist last 4"):ok():says "OS Critical Stop OS Stop | OS graceful shutdown"
end)
