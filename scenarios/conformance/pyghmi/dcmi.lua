-- pyghmi writes names into the BMC by DCMI.
tags("client", "dcmi", "quick")

test("the asset tag", function()
  local mc = bmc "server-1u"
  mc:pyghmi("bmc.set_asset_tag(b'rack-12')"):ok()
  expect_match(expect_cc(mc:cmd(0x2c, 0x06, { 0xdc, 0, 7 })).data, "rack%-12")
  mc:pyghmi("print(bmc.get_asset_tag())"):ok():says "^rack%-12"
end)

test("the asset tag as text", function()
  xfail "pyghmi makes octets of text in a way that Python 3 has not"
  bmc "server-1u":pyghmi("bmc.set_asset_tag('rack-12')"):ok()
end)

test("the controller's id string", function()
  local mc = bmc "server-1u"
  mc:pyghmi("bmc.set_mci('bmc-7')"):ok()
  expect_match(expect_cc(mc:cmd(0x2c, 0x09, { 0xdc, 0, 6 })).data, "bmc%-7")
  mc:pyghmi("print(bmc.get_mci())"):ok():says "^bmc%-7"
end)
