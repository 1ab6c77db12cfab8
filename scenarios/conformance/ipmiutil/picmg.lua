-- A server is no shelf: ipmiutil picmg says so.
tags("client", "picmg")

test("a server has no PICMG", function()
  bmc "server-1u":ipmiutil "picmg properties":fails "Error 193"
  trace:expect { netfn = 0x2d, cmd = 0x00, cc = 0xc1 }
end)

test("a shelf manager has it", function()
  bmc "shelf":ipmiutil "picmg properties":ok():says "PICMG"
end)
