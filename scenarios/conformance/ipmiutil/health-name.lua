-- ipmiutil health -n and -o write the system's names into the BMC, and -i reads
-- them.
tags("client", "health")

test("names are kept, and shown", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "health -n node-seventeen":ok()
  expect_match(expect_cc(mc:cmd(0x06, 0x59, { 0, 2, 0, 0 })).data, "node%-seventeen")
  mc:ipmiutil "health -o Debian":ok()
  expect_match(expect_cc(mc:cmd(0x06, 0x59, { 0, 3, 0, 0 })).data, "Debian")
  local r = mc:ipmiutil "health -i":ok()
  r:says "node%-seventeen"
  r:says "Debian"
end)
