-- ipmiutil dcmi -a and -d write names into the BMC.
tags("client", "dcmi")

test("the asset tag", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "dcmi -a rack-12-slot-7":ok()
  expect_match(expect_cc(mc:cmd(0x2c, 0x06, { 0xdc, 0, 14 })).data, "rack%-12%-slot%-7")
  mc:ipmiutil "dcmi":ok():says "^DCMI Asset Tag: +%s*rack%-12%-slot%-7"
end)

test("the controller's id string", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "dcmi -d bmc-of-rack-12":ok()
  expect_match(expect_cc(mc:cmd(0x2c, 0x09, { 0xdc, 0, 14 })).data, "bmc%-of%-rack%-12")
end)
