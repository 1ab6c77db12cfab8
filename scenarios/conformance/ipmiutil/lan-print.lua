-- ipmiutil lan prints the LAN parameters of the BMC.
tags("client", "lan")

test("addresses", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(4, { 1 })
  mc:set_lan_parameter(3, { 198, 51, 100, 7 })
  mc:set_lan_parameter(12, { 198, 51, 100, 1 })
  local rows = mc:ipmiutil "lan -c -r":ok()
  rows:says "Channel 1 IP address +%s*| 198%.51%.100%.7"
  rows:says "Channel 1 Def gateway IP +%s*| 198%.51%.100%.1$"
  rows:says "Channel 1 IP addr src +%s*| Static"
end)
