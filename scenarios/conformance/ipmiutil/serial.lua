-- ipmiutil serial prints the parameters of the serial channel.
tags("client", "serial")

test("what is set in the BMC", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "serial":says "^Serial Param%(0%) Set in progress: 00"
  expect_cc(mc:cmd(0x0c, 0x10, { 4, 4, 9 }))
  mc:ipmiutil "serial":says "^Serial Param%(4%) Sess Inactiv Timeout: 09 "
end)
