-- ipmiutil dcmi prints what the BMC has of DCMI.
tags("client", "dcmi")

test("version and log are the BMC's", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "dcmi":ok()
  local capabilities = expect_cc(mc:cmd(0x2c, 0x01, { 0xdc, 1 }))
  r:says(("^DCMI Version: +%%s*%d%%.%d"):format(capabilities[2], capabilities[3]))
  r:says "^DCMI Power Management: +%s*Supported"
  r:says "^DCMI Asset Tag: +%s*AT%-0417"
end)
