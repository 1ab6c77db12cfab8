-- ipmiutil lan -l writes LAN parameters, alone with the BMC.
tags("client", "lan")

test("address, mask and gateway are set", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "lan -l -I 198.51.100.9 -S 255.255.255.128 -G 198.51.100.126"
  expect_eq(mc:lan_parameter(3), string.char(198, 51, 100, 9), "IP address")
  expect_eq(mc:lan_parameter(6), string.char(255, 255, 255, 128), "subnet mask")
  expect_eq(mc:lan_parameter(12), string.char(198, 51, 100, 126), "gateway")
end)

test("with another session open it does not dare", function()
  local mc = bmc "server-1u"
  local other = mc:connect()
  local before = mc:lan_parameter(3)
  mc:ipmiutil "lan -l -I 198.51.100.9":fails "Another session is also active"
  expect_eq(mc:lan_parameter(3), before, "it is as it was")
  other:close()
end)
