-- "power diag" pulses a diagnostic interrupt, which the host takes down with it and
-- the log shows. IPMI v2.0, 28.3.
tags("client", "chassis")

test("the host is stopped by it, and stays on", function()
  local mc = bmc "server-1u"
  mc.chassis.host:wait("os", 120)
  local before = mc:sel_info().entries
  mc:ipmitool("chassis power diag"):ok():says "^Chassis Power Control: Diag$"
  mc.chassis.host:wait "stopped"
  expect(mc.chassis.host:is_on())
  expect(mc:sel_info().entries > before)
  local r = mc:ipmitool("sel elist last 2"):ok()
  r:says "Critical Interrupt NMI | NMI/Diag Interrupt | Asserted"
  r:says "OS Critical Stop OS Stop | Run%-time critical stop"
end)
