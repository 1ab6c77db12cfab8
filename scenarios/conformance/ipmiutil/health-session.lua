-- ipmiutil health -s shows the session that it is itself.
tags("client", "health", "session")

test("it is the one session, of user 2", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "health -s":ok()
  r:says "[Ss]ession"
  trace:expect { "Get Session Info", direction = "from bmc", cc = 0 }
end)
