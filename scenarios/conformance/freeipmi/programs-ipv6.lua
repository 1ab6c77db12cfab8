-- FreeIPMI by an address of IPv6.
tags("client", "session")

test("RMCP+ and IPMI 1.5", function()
  local mc = bmc "server-1u"
  if not pcall(mc.listen, mc, { host = "::1" }) then skip "there is no IPv6 here" end
  mc:freeipmi("bmc-info", "--get-device-id", { suite = 17 }):ok():says("^Device ID +: 32$")
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md5" }):ok():says("^Device ID +: 32$")
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4"):ok():says("| Inlet Temp ")
  mc:ipmipower("--stat"):ok():says(": on$")
end)
