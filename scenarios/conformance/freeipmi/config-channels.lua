-- ipmi-config finds the LAN channel itself, or is told which it is; and takes several
-- sections at once.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

test("the LAN channel", function()
  local mc = bmc "server-1u"
  local found = config(mc, "--checkout", "--section=Lan_Conf"):ok().stdout
  local told = config(mc, "--checkout", "--section=Lan_Conf", "--lan-channel-number=1"):ok().stdout
  expect_eq(told, found)
  config(mc, "--checkout", "--section=Lan_Conf", "--lan-channel-number=3"):fails()
end)

test("several sections, and several values, in one go", function()
  local mc = bmc "server-1u"
  local r = config(mc, "--checkout", "--section=SOL_Conf", "--section=User2",
                   "--section=Lan_Conf_Misc"):ok()
  for _, section in ipairs { "SOL_Conf", "User2", "Lan_Conf_Misc" } do
    r:says("^Section " .. section .. "$")
  end
  r = config(mc, "--checkout", "-e", "Lan_Conf:IP_Address", "-e", "User2:Username"):ok()
  r:says("IP_Address +192%.0%.2%.11$")
  r:says("Username +ADMIN$")
  r:lacks("Subnet_Mask")
end)
