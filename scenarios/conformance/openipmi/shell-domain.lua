-- openipmish sees a BMC as a domain with one controller.
tags("client", "domain")

test("the controller is the BMC", function()
  local mc = bmc "server-1u"
  local id = mc:device_id()
  local r = mc:openipmi { "mc list d", "d%(0%.20%)", "mc info d(0.20)", "product_id: " }:ok()
  r:says(("^  manufacturer_id: 0x%x$"):format(id.manufacturer))
  r:says(("^  product_id: 0x%x$"):format(id.product))
  r:says(("^  fw_revision: %s$"):format(plain(id.firmware)))
  r:says "^  chassis_support: true$"
  r:says "^  bridge_support: false$"
end)

test("its GUID is the system's", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi { "domain info d", "IPMB Rescan" }:ok()
  local shown = r.output:match "GUID: ([%sx0-9a-f]+)"
  expect_eq(hex((shown:gsub("0x", ""):gsub("%s+$", ""))), mc:system_guid())
end)
