-- An authentication type that the BMC does not offer is not tried: FreeIPMI
-- reads what is offered, and says so. IPMI v2.0, 22.13, 23.1 parameter 2.
tags("client", "session")

test("a type that the BMC no longer offers", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(2, { 0x04, 0x04, 0x04, 0x04, 0x00 })   -- MD5 alone
  for _, kind in ipairs { "none", "md2", "straight" } do
    local r = mc:freeipmi("bmc-info", "--get-device-id", { lan15 = kind })
    expect_eq(r.status, 1)
    r:says("authentication type unavailable for attempted privilege level")
  end
  trace:none "Get Session Challenge"
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md5" }):ok()
end)
