-- "power soft" asks the operating system to shut down, which takes its time.
-- IPMI v2.0, 28.3.
tags("client", "chassis")

test("it stops in good order, and then it is off", function()
  local mc = bmc "server-1u"
  mc.chassis.host:wait("os", 120)
  local off
  mc:on("power", "off", function(event) off = event.at end)
  mc:ipmitool("chassis power soft"):ok():says "^Chassis Power Control: Soft$"
  mc.chassis.host:wait("off", 120)
  expect(off - trace:expect({ "Chassis Control", link = "clear" }).at > 0.5, "not at once")
  mc:ipmitool("power status"):ok():says "is off$"
  mc:ipmitool("sel elist last 4"):ok():says "OS Critical Stop OS Stop | OS graceful shutdown"
end)
