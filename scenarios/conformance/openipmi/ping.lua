-- rmcp_ping finds a BMC by its pong, which says that there is IPMI.
tags("client", "discover")

test("the pong is shown", function()
  local mc = bmc "server-1u"
  local at = mc:login()
  run({ "rmcp_ping", "-p", at.port, "-t", "1", at.host }):ok():says "IPMI"
  trace:order { "Presence Ping", "Presence Pong" }
end)
