-- ipmiutil firewall info shows which commands there are.
tags("client", "firewall")

test("the commands of network function 06h", function()
  local mc = bmc "server-1u"
  local shown = mc:ipmiutil "firewall info":ok():says "^00,06 support: +(%x+ %x+ %x+ %x+) "
  local first = expect_cc(mc:cmd(0x06, 0x0a, { 0x0e, 0x06, 0x00 })).data
  expect_eq(#hex(shown), #first, "128 commands")
end)
