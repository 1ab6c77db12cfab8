-- What is no address, and what the BMC refuses, changes nothing. IPMI v2.0, 23.1.
tags("client", "lan")

local wrong = {
  ["ipaddr 1.2.3.400"] = "Invalid IP address: 1.2.3.400",
  ["macaddr 02:00"] = "Invalid MAC address",
  ["vlan id 5000"] = "VLAN ID must be between 1 and 4094",
  ["ipsrc moon"] = "lan set <channel> ipsrc",
  ["arp interval soon"] = "Given ARP interval 'soon' is invalid",
}

test("what is not understood is not sent", function()
  local mc = bmc "server-1u"
  for words, answer in pairs(wrong) do mc:ipmitool("lan set 1 " .. words):says(plain(answer)) end
  trace:none { "Set LAN Configuration Parameters", link = "clear" }
end)

test("a channel that is none of a LAN", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan set 7 ipaddr 192.0.2.1"):fails "Channel 7 is not a LAN channel"
end)

test("who may look but not change", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan print 1", { privilege = "operator" }):ok()
    :says "^IP Address  +: 192%.0%.2%.11$"
  mc:ipmitool("lan set 1 ipaddr 192.0.2.99", { privilege = "operator" })
  trace:expect { "Set LAN Configuration Parameters", cc = 0xd4, link = "clear" }
  expect_eq(mc:lan_parameter(3), "\xc0\0\2\x0b")
end)
