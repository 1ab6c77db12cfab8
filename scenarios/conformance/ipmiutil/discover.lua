-- ipmiutil discover finds a BMC by its answer to a ping.
tags("client", "discover")

test("it is found by RMCP ping", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "cmd 00 20 18 01":ok()               -- it has port 623 now
  local host = mc:login().host
  run({ "ipmiutil", "discover", "-b", host, "-i", "lo" }):says(plain(host))
  trace:expect { "Presence Pong", direction = "from bmc" }
end)

test("and by Get Channel Authentication Capabilities", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "cmd 00 20 18 01":ok()
  local host = mc:login().host
  run({ "ipmiutil", "discover", "-g", "-b", host, "-i", "lo" }):says(plain(host))
end)
