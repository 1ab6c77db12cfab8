-- An authentication type that the channel does not offer at a level is not tried.
-- IPMI v2.0, 22.13, table 23-4, parameter 2.
tags("client", "session", "lan15")

local quick = { "-N", "1", "-R", "1" }

test("not offered, refused by ipmitool itself", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(2, { 0x04, 0x04, 0x04, 0x04, 0x04 })
  mc:ipmitool("mc info", { lan15 = "md5", args = quick }):ok()
  mc:ipmitool("mc info", { lan15 = "straight", args = quick })
    :fails "Authentication type PASSWORD not supported"
  mc:ipmitool("mc info", { lan15 = "none", args = quick }):fails "not supported"
  expect_eq(trace:count { "Get Session Challenge", direction = "to bmc", link = "lan" }, 1)
end)

test("a manufacturer's own", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc info", { lan15 = "md5", args = { "-A", "OEM" } })
    :fails "Authentication type OEM not supported"
end)

test("none at all", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(2, { 0, 0, 0, 0, 0 })
  mc:ipmitool("mc info", { lan15 = "md5", args = quick }):fails "Unable to establish IPMI v1%.5"
  mc:ipmitool("mc info"):ok()
end)
