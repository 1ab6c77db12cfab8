-- "-t" and "-b" bring a command to a controller behind the BMC. IPMI v2.0, 6.13, 22.7.
tags("client", "bridge")

test("each satellite answers for itself", function()
  local mc = bmc "twin"
  for _, address in ipairs { 0x72, 0x74 } do
    local id = mc.chassis:mc(address):device_id()
    local shown = mc:ipmitool("mc info", { bridge = address }):ok():fields()
    expect_eq(shown["Product ID"], ("%d (0x%04x)"):format(id.product, id.product))
    expect_eq(shown["Firmware Revision"], id.firmware)
  end
end)

test("its sensors, records and inventory", function()
  local mc = bmc "twin"
  local node = mc.chassis:mc(0x72)
  local first = node:sensors()[1]
  mc:ipmitool("sdr elist", { bridge = 0x72 }):ok():row(first.name)
  mc:ipmitool("fru edit 0 field b 2 TWN0009999", { bridge = 0x72 })
  expect(node:fru(0):find("TWN0009999", 1, true))
  local neighbour = mc.chassis:mc(0x74)
  expect(not neighbour:fru(0):find("TWN0009999", 1, true), "its neighbour's is as it was")
end)

test("over IPMI 1.5 as well", function()
  local mc = bmc "twin"
  mc:ipmitool("mc info", { bridge = 0x74, lan15 = "md5" }):ok():says "^Product ID +: 772 "
end)

test("the BMC's own address is not bridged", function()
  local mc = bmc "twin"
  mc:ipmitool("mc info", { bridge = 0x20 }):ok():says "^Product ID +: 771 "
  trace:none { "Send Message", link = "clear" }
end)
