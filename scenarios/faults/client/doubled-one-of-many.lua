-- One BMC of several whose answers are doubled is no reason to know nothing of the
-- others. (dup-any)
tags("client", "login")

test("ipmipower asks two BMCs", function()
  local good, bad = bmc "server-1u", bmc "server-1u"
  bad:fault { on = "lan", effect = "duplicate", direction = "from bmc", payload = "rakp 2" }
  local host, port = good:listen()
  local _, other = bad:listen()
  local r = run { "ipmipower", "-D", "LAN_2_0", "-u", "ADMIN", "-p", "ADMIN", "-h",
                  ("%s:%d,%s:%d"):format(host, port, host, other), "--stat",
                  "--session-timeout=2000", timeout = 5 }
  expect_eq(trace:count { "RAKP 2", chassis = bad.chassis }, 2, "one BMC's answer came twice")
  xfail "ipmipower ends altogether at the second copy of RAKP 2"
  r:says(":" .. port .. ": on$")
end)
