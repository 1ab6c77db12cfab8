-- A domain finds the controllers on its bus by itself.
tags("client", "domain", "bridge")

test("both nodes of a twin", function()
  local r = bmc "twin":openipmi({ "mc list d", "d%(0%.74%)" }, { how = "" }):ok()
  r:says "d%(0%.72%)"
  trace:expect { "Get Device ID", link = "ipmb", to = 0x72 }
  trace:expect { "Get Device ID", link = "ipmb", to = 0x74 }
end)
