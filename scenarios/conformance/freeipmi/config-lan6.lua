-- Addresses of IPv6: what ipmi-config writes the BMC keeps. IPMI v2.0 with its
-- addendum, 23.1 parameters 51, 56.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

test("a static address, in use or not", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Lan6_Conf:IPv6_IPv4_Addressing_Enables=IPv6_And_IPv4",
         "-e", "Lan6_Conf:IPv6_Static_Address_Enable=Yes",
         "-e", "Lan6_Conf:IPv6_Static_Address=2001:db8::77",
         "-e", "Lan6_Conf:IPv6_Static_Address_Prefix_Length=64"):ok()
  expect_eq(mc:lan_parameter(51), hex "02")
  local address = mc:lan_parameter(56)
  expect_eq(address:byte(2) & 0x80, 0x80, "enabled")
  expect_eq(address:sub(3, 18), hex "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 77")
  expect_eq(address:byte(19), 64)
  local r = config(mc, "--checkout", "--section=Lan6_Conf"):ok()
  r:says("^\tIPv6_Static_Address +2001:db8::77$")
  r:says("^\tIPv6_Static_Address_Enable +Yes$")
end)
