-- pyghmi reads the network configuration, and writes it.
tags("client", "lan", "quick")

test("the address is the BMC's", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(4, { 1 })
  mc:set_lan_parameter(3, { 198, 51, 100, 7 })
  mc:pyghmi("print(bmc.get_net_configuration())"):ok():says "198%.51%.100%.7/"
end)

test("a gateway that is set is in the BMC", function()
  local mc = bmc "server-1u"
  mc:pyghmi("bmc.set_net_configuration(ipv4_gateway='198.51.100.99')"):ok()
  expect_eq(mc:lan_parameter(12), string.char(198, 51, 100, 99))
end)
