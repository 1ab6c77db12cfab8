-- "lan print" shows each LAN parameter. IPMI v2.0, 23.2, table 23-4.
tags("client", "lan")

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(3, { 198, 51, 100, 7 })
  mc:set_lan_parameter(6, { 255, 255, 240, 0 })
  mc:set_lan_parameter(5, hex "02 00 5e 12 34 56")
  mc:set_lan_parameter(12, { 198, 51, 100, 1 })
  mc:set_lan_parameter(16, "mercury" .. ("\0"):rep(11))
  mc:set_lan_parameter(10, { 0x01 })
  mc:set_lan_parameter(11, { 7 })
  mc:set_lan_parameter(20, { 0x34, 0x81 })
  mc:set_lan_parameter(21, { 5 })
  local shown = mc:ipmitool("lan print 1"):ok():fields()
  expect_eq(shown["IP Address"], "198.51.100.7")
  expect_eq(shown["Subnet Mask"], "255.255.240.0")
  expect_eq(shown["MAC Address"], "02:00:5e:12:34:56")
  expect_eq(shown["Default Gateway IP"], "198.51.100.1")
  expect_eq(shown["SNMP Community String"], "mercury")
  expect_match(shown["BMC ARP Control"], "Responses Disabled, Gratuitous ARP Enabled")
  expect_eq(shown["Gratituous ARP Intrvl"], "4.0 seconds")
  expect_eq(shown["802.1q VLAN ID"], "308")
  expect_eq(shown["802.1q VLAN Priority"], "5")
end)

test("where the address comes from", function()
  local mc = bmc "server-1u"
  for value, words in pairs { [1] = "Static Address", [2] = "DHCP Address",
                              [3] = "BIOS Assigned Address" } do
    mc:answer(0x0c, 0x02, { data = { 0x11, value } })
    mc:ipmitool("lan print 1"):ok():says("^IP Address Source       : " .. words .. "$")
  end
end)

test("the channel is found, or is none of a LAN", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan print"):ok():says "^IP Address              : 192%.0%.2%.11$"
  mc:ipmitool("lan print 4"):fails "Invalid channel: 4"
end)
