-- What ipmi-config allows of log-ins is what the BMC allows: authentication types,
-- cipher suites, K_g, bad passwords. IPMI v2.0, 22.25, 23.1.
tags("client", "ipmi-config")

local function commit(mc, ...)
  local words = { "--commit" }
  for _, pair in ipairs { ... } do words[#words + 1] = "--key-pair=" .. pair end
  return mc:freeipmi("ipmi-config", words, { privilege = "admin" }):ok()
end

test("an authentication type is taken away", function()
  local mc = bmc "server-1u"
  commit(mc, "Lan_Conf_Auth:User_Enable_Auth_Type_MD2=No")
  expect_eq(mc:lan_parameter(2):byte(2), 0x15)
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md2", privilege = "user" })
    :fails("authentication type unavailable")
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md2", privilege = "admin" }):ok()
end)

test("a suite's highest level", function()
  local mc = bmc "server-1u"
  commit(mc, "Rmcpplus_Conf_Privilege:Maximum_Privilege_Cipher_Suite_Id_1=User",
         "Rmcpplus_Conf_Privilege:Maximum_Privilege_Cipher_Suite_Id_2=Unused")
  mc:freeipmi("bmc-info", "--get-device-id", { suite = 1, privilege = "user" }):ok()
  mc:freeipmi("bmc-info", "--get-device-id", { suite = 1, privilege = "admin" }):fails()
  mc:freeipmi("bmc-info", "--get-device-id", { suite = 2, privilege = "user" }):fails()
  mc:freeipmi("bmc-info", "--get-device-id", { suite = 3, privilege = "admin" }):ok()
end)

test("a K_g, by words and by octets", function()
  local mc = bmc "server-1u"
  commit(mc, "Lan_Conf_Security_Keys:K_G=secret")
  mc:freeipmi("bmc-info", "--get-device-id", { kg = "secret" }):ok()
  local r = mc:freeipmi("ipmi-config", { "--commit", "-e", "Lan_Conf_Security_Keys:K_G=0x0102030405" },
                        { privilege = "admin", kg = "secret" })
  r:ok()
  mc:freeipmi("bmc-info", "--get-device-id", { kg = "0x0102030405" }):ok()
  mc:freeipmi("bmc-info", "--get-device-id", { kg = "secret" }):fails("k_g invalid")
end)

test("bad passwords", function()
  local mc = bmc "server-1u"
  commit(mc, "Lan_Conf_User_Security:Bad_Password_Threshold=1",
         "Lan_Conf_User_Security:Attempt_Count_Reset_Interval=100",
         "Lan_Conf_User_Security:User_Lockout_Interval=50")
  expect_eq(mc:lan_parameter(26), hex "00 01 64 00 32 00")
  mc:freeipmi("bmc-info", "--session-timeout=400 --retransmission-timeout=150",
              { user = "monitor", password = "x", lan15 = "md5" }):fails("password verification timeout")
  mc:freeipmi("bmc-info", nil, { user = "monitor", password = "monitor" }):fails("username invalid")
end)
