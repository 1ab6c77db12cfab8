-- A user whom ipmi-config makes is one to the BMC, and may log in; one whom the
-- BMC makes is checked out. IPMI v2.0, 22.26 to 22.31.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

test("made by ipmi-config", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "User8:Username=mallory", "-e", "User8:Password=sixteen-letters1",
         "-e", "User8:Enable_User=Yes", "-e", "User8:Lan_Enable_IPMI_Msgs=Yes",
         "-e", "User8:Lan_Privilege_Limit=Operator", "-e", "User8:SOL_Payload_Access=No"):ok()
  expect_eq(mc:user_name(8), "mallory")
  local access = expect_cc(mc:cmd(0x06, 0x44, { 1, 8 }))
  expect_eq(access[4] & 0x1f, 0x13, "messaging is enabled, operator")
  expect_eq(expect_cc(mc:cmd(0x06, 0x4d, { 1, 8 }))[1] & 2, 0, "no Serial over LAN")
  for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" } } do
    how.user, how.password, how.privilege = "mallory", "sixteen-letters1", "operator"
    mc:freeipmi("bmc-info", "--get-device-id", how):ok()
  end
end)

test("made by the BMC", function()
  local mc = bmc "server-1u"
  mc:set_user(7, "trent", "secret", "user")
  local r = config(mc, "--checkout", "--section=User7"):ok()
  r:says("^\tUsername +trent$")
  r:says("^\tEnable_User +Yes$")
  r:says("^\tLan_Enable_IPMI_Msgs +Yes$")
  r:says("^\tLan_Privilege_Limit +User$")
end)

test("switched off, and another password", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "User4:Enable_User=No"):ok()
  mc:freeipmi("bmc-info", nil, { user = "monitor", password = "monitor" }):fails("username invalid")
  config(mc, "--commit", "-e", "User4:Enable_User=Yes", "-e", "User4:Password=changed"):ok()
  mc:freeipmi("bmc-info", nil, { user = "monitor", password = "monitor" }):fails("password invalid")
  mc:freeipmi("bmc-info", "--get-device-id", { user = "monitor", password = "changed" }):ok()
end)

test("a password is compared, and not shown", function()
  local mc = bmc "server-1u"
  config(mc, "--checkout", "--section=User2"):ok():says("^\t## Password *$")
  expect_eq(config(mc, "--diff", "-e", "User2:Password=ADMIN").output, "")
  config(mc, "--diff", "-e", "User2:Password=other"):says("User2:Password")
end)
