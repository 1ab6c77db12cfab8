-- The serial channel as ipmi-config sets it. IPMI v2.0, 25.1, 25.2.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

for _, key in ipairs {
  { "Enable_Basic_Mode", "No", 3 }, { "Connect_Mode", "Modem_Connect", 3 },
  { "Page_Blackout_Interval", "5", 14 }, { "Call_Retry_Interval", "30", 18 },
  { "Flow_Control", "XON_XOFF", 7 }, { "Bit_Rate", "19200", 7 },
} do
  local name, value, number = table.unpack(key)
  test(name, function()
    local mc = bmc "server-1u"
    local before = expect_cc(mc:cmd(0x0c, 0x11, { 4, number, 0, 0 })).data
    config(mc, "--commit", ("--key-pair=Serial_Conf:%s=%s"):format(name, value)):ok()
    local after = expect_cc(mc:cmd(0x0c, 0x11, { 4, number, 0, 0 })).data
    expect_ne(after, before)
    config(mc, "--checkout", "--section=Serial_Conf"):ok():says(("^\t%s +%s$"):format(name, value))
  end)
end
