-- ipmi-config writes what the LAN is to be, and reads what it is. IPMI v2.0, 23.1, 23.2.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

local keys = {
  { "IP_Address", "192.0.2.77", 3, "c0 00 02 4d", "192%.0%.2%.77" },
  { "Subnet_Mask", "255.255.252.0", 6, "ff ff fc 00", "255%.255%.252%.0" },
  { "Default_Gateway_IP_Address", "192.0.2.1", 12, "c0 00 02 01", "192%.0%.2%.1" },
  { "Default_Gateway_MAC_Address", "02:00:5E:01:02:03", 13, "02 00 5e 01 02 03", "02:00:5E:01:02:03" },
  { "Backup_Gateway_IP_Address", "192.0.2.2", 14, "c0 00 02 02", "192%.0%.2%.2" },
  { "Backup_Gateway_MAC_Address", "02:00:5E:04:05:06", 15, "02 00 5e 04 05 06", "02:00:5E:04:05:06" },
}

for _, key in ipairs(keys) do
  local name, value, parameter, octets, shown = table.unpack(key)
  test(name, function()
    local mc = bmc "server-1u"
    config(mc, "--commit", ("--key-pair=Lan_Conf:%s=%s"):format(name, value)):ok()
    expect_eq(mc:lan_parameter(parameter), hex(octets))
    config(mc, "--checkout", "--section=Lan_Conf"):ok():says(("^\t%s +%s$"):format(name, shown))
  end)
end

test("where the address is from", function()
  local mc = bmc "server-1u"
  for word, code in pairs { Use_DHCP = 2, Static = 1, Use_BIOS = 3 } do
    config(mc, "--commit", "--key-pair=Lan_Conf:IP_Address_Source=" .. word):ok()
    expect_eq(mc:lan_parameter(4):byte() & 0x0f, code)
    config(mc, "--checkout", "--section=Lan_Conf"):ok():says("^\tIP_Address_Source +" .. word .. "$")
  end
end)

test("set within, read outside", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(3, { 198, 51, 100, 9 })
  mc:set_lan_parameter(10, { 0x01 })
  mc:set_lan_parameter(11, { 7 })
  config(mc, "--checkout", "--section=Lan_Conf"):ok():says("^\tIP_Address +198%.51%.100%.9$")
  local r = config(mc, "--checkout", "--section=Lan_Conf_Misc"):ok()
  r:says("^\tEnable_Gratuitous_ARPs +Yes$")
  r:says("^\tEnable_ARP_Response +No$")
  r:says("^\tGratuitous_ARP_Interval +7$")
end)
