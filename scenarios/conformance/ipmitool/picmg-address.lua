-- "picmg properties" and "picmg addrinfo" show what a shelf is, and where each
-- controller sits. PICMG 3.0, 3.2.
tags("client", "picmg")

test("the shelf manager and its boards", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg properties"):ok():says "PICMG Ext%. Version : 2%.3"
  local sites = { [0x82] = "ATCA board", [0x84] = "ATCA board", [0x5e] = "Fan Tray" }
  mc:ipmitool("picmg addrinfo"):ok():says "Site Type +: Dedicated Shelf Manager"
  for address, site in pairs(sites) do
    local r = mc:ipmitool("picmg addrinfo", { bridge = address }):ok()
    r:says("Site Type +: " .. site)
    r:says(("IPMB%%-0 Address +: 0x%02x"):format(address))
  end
end)

test("a server is no shelf", function()
  local mc = bmc "server-1u"
  mc:ipmitool("picmg properties"):fails "Error getting address information"
  mc:ipmitool("picmg properties")
  trace:expect { netfn = 0x2c, cmd = 0x00, cc = 0xc1, link = "clear" }
end)
