-- ipmiutil config saves the configuration in a file.
tags("client", "config")

test("what is saved is what the BMC has", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(12, { 198, 51, 100, 77 })
  mc:ipmiutil "config -s saved.cfg":ok()
  local saved = run({ "cat", "saved.cfg" }):ok()
  saved:says "^LanParam %d,12,?%d*: +c6 33 64 4d"
  saved:says "^UserName +2: 41 44 4d 49 4e"
end)
