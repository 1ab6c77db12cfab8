-- ipmiutil reset -k restarts the BMC.
tags("client", "power")

test("a cold reset", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "reset -k"
  trace:expect { "Cold Reset", direction = "to bmc" }
end)
