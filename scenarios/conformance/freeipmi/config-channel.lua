-- Channel access, volatile and not: ipmi-config tells the two apart, and the BMC
-- does as it is told. IPMI v2.0, 22.22, 22.23.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

test("the limit of the channel", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Lan_Channel:Volatile_Channel_Privilege_Limit=Operator"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x41, { 1, 0x80 }))[2] & 15, 3, "volatile")
  expect_eq(expect_cc(mc:cmd(0x06, 0x41, { 1, 0x40 }))[2] & 15, 4, "not volatile")
  mc:freeipmi("bmc-info", "--get-device-id", { privilege = "admin" })
    :fails("privilege level cannot be obtained")
  mc:freeipmi("bmc-info", "--get-device-id", { privilege = "operator" }):ok()
end)

test("how it is open", function()
  local mc = bmc "server-1u"
  for word, mode in pairs { Always_Available = 2, Disabled = 0 } do
    config(mc, "--commit", "-e", "Lan_Channel:Non_Volatile_Access_Mode=" .. word):ok()
    expect_eq(mc:cmd(0x06, 0x41, { 1, 0x40 })[1] & 7, mode)
    config(mc, "--checkout", "--section=Lan_Channel"):ok()
      :says("^\tNon_Volatile_Access_Mode +" .. word .. "$")
  end
end)

test("alerts and per-message authentication", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Lan_Channel:Volatile_Enable_Pef_Alerting=No",
         "-e", "Lan_Channel:Volatile_Enable_Per_Message_Auth=No"):ok()
  expect_eq(mc:cmd(0x06, 0x41, { 1, 0x80 })[1] & 0x38, 0x30)
  -- Without it FreeIPMI goes on unsigned after the first packet.
  local mark = trace:mark()
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md5" }):ok()
  local asked = trace:expect { "Get Device ID", link = "lan", answer = false, since = mark }
  expect_eq(asked.bytes:byte(5), 0, "no authentication")
end)
