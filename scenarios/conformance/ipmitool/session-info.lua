-- "session info" shows the sessions of the BMC. IPMI v2.0, 22.20.
tags("client", "session")

test("the one that is asked in", function()
  local mc = bmc "server-1u"
  local shown = mc:ipmitool("session info active"):ok():fields()
  expect_eq(shown["active sessions"], "1")
  expect_eq(shown["user id"], "2")
  expect_eq(shown["privilege level"], "ADMINISTRATOR")
  expect_eq(shown["session type"], "IPMIv2/RMCP+")
  expect_eq(shown["channel number"], "0x01")
  expect_eq(shown["console ip"], "127.0.0.1")
  shown = mc:ipmitool("session info active", { lan15 = "md5", privilege = "operator" }):ok()
    :fields()
  expect_eq(shown["session type"], "IPMIv1.5")
  expect_eq(shown["privilege level"], "OPERATOR")
end)

test("another one, by its handle", function()
  local mc = bmc "server-1u"
  local other = mc:connect { user = "monitor", password = "monitor", privilege = "user" }
  local handle = expect_cc(other:cmd(0x06, 0x3d, { 0 }))[1]
  local shown = mc:ipmitool(("session info handle 0x%02x"):format(handle)):ok():fields()
  expect_eq(shown["user id"], "4")
  expect_eq(shown["privilege level"], "USER")
  expect_eq(shown["active sessions"], "2")
  other:close()
  mc:ipmitool(("session info handle 0x%02x"):format(handle)):fails "not found"
end)

test("none is left behind", function()
  local mc = bmc "server-1u"
  for _ = 1, 3 do mc:ipmitool("mc guid"):ok() end
  mc:ipmitool("mc guid", { lan15 = "md5" }):ok()
  mc:ipmitool("session info active"):ok():says "^active sessions +: 1$"
end)
