-- A controller behind the bus answers openipmicmd by way of the BMC.
tags("client", "raw", "bridge")

test("Get Device ID of the controller at 72h", function()
  local mc = bmc "twin"
  mc:openipmicmd "00 72 00 06 01":says "07 00 01 00 30 "
  trace:expect { "Get Device ID", link = "ipmb", to = 0x72 }
end)
