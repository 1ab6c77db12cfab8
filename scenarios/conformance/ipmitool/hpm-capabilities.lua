-- "hpm targetcap" and "compprop" show what can be upgraded, and how. PICMG HPM.1, 3.3.
tags("client", "hpm")

test("of the target", function()
  local r = bmc "shelf":ipmitool("hpm targetcap"):ok()
  r:says "Manual rollback%.+%[y%]"
  r:says "Self test timeout%.+%[10 sec%]"
end)

test("of a component", function()
  local mc = bmc "shelf"
  mc:ipmitool("hpm compprop 0 2"):ok():says "Description string: IPMC"
  local r = mc:ipmitool("hpm compprop 0 1"):ok()
  local major, minor = mc:device_id().firmware:match "(%d+)%.(%d+)"
  r:says("Major: " .. major)
  r:says("Minor: " .. tonumber(minor))
end)
