-- solterm shows the host's console, and types on it.
tags("client", "sol")

test("it is activated", function()
  local mc = bmc "server-1u"
  local at = mc:login()
  local p = start { "solterm", "lan", "-U", "ADMIN", "-P", "ADMIN", "-p", at.port, at.host,
                    pty = true }
  trace:wait({ "Activate Payload", direction = "from bmc", cc = 0 }, 10)
  p:kill()
end)
