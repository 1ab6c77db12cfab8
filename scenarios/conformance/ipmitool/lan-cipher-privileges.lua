-- "lan set cipher_privs" limits what a cipher suite may be used for, and that holds.
-- IPMI v2.0, table 23-4, parameter 24.
tags("client", "lan", "session")

test("a limit is kept, and shown", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan set 1 cipher_privs XuoaOaaaaaaaaaa"):ok()
  expect_eq(mc:lan_parameter(24):sub(1, 5), hex "00 20 43 45 44")
  mc:ipmitool("lan print 1"):ok():says "^Cipher Suite Priv Max   : XuoaOaaaaaaaaaa$"
end)

test("with a suite that is limited one gets no further", function()
  local mc = bmc "server-1u"
  local privs = mc:lan_parameter(24)
  mc:set_lan_parameter(24, privs:sub(1, 1) .. "\x20" .. privs:sub(3))
  mc:ipmitool("power status", { suite = 1, privilege = "user" }):ok():says "is on"
  mc:ipmitool("power status", { suite = 1, privilege = "admin" }):fails "Unable to establish"
  mc:ipmitool("power status", { suite = 3, privilege = "admin" }):ok()
end)
