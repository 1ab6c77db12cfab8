-- openipmish sends any message.
tags("client", "raw")

test("to a controller", function()
  local mc = bmc "server-1u"
  mc:openipmi { "mc msg d(0.20) 0 6 1", "0x00 0x20 0x01 0x02" }:ok()
end)

test("to an address behind the bus", function()
  bmc "twin":openipmi { "domain msg d 0 0x72 0 6 1", "0x00 0x30" }:ok()
  trace:expect { "Get Device ID", link = "ipmb", to = 0x72 }
end)
