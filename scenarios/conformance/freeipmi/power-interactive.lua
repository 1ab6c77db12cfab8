-- ipmipower without an action asks for actions: it finds BMCs by pings, and works
-- with what it is told meanwhile.
tags("client", "ipmipower")

test("a dialogue", function()
  local mc = bmc "server-1u"
  local shell = mc:ipmipower("", { start = true, pty = true })
  shell:expect("ipmipower> ")
  trace:expect { "Presence Pong", within = 5 }
  sleep("100ms")
  shell:write("stat\n"):expect("127%.0%.0%.1: on\n")
  shell:write("soft\n"):expect("127%.0%.0%.1: ok\n")
  mc.chassis.host:wait("off")
  shell:write("stat\n"):expect("127%.0%.0%.1: off\n")
  shell:write("password wrong\n"):expect("password")
  shell:write("on\n"):expect("127%.0%.0%.1: password invalid\n")
  shell:write("quit\n")
  expect_eq(shell:wait().status, 1, "an action has failed")
  expect_eq(mc.chassis.host:state(), "off")
end)

test("a BMC that answers no ping is not discovered", function()
  local mc = bmc "server-1u"
  mc:fault { on = "lan", effect = "lose" }
  local shell = mc:ipmipower("", { start = true, pty = true })
  shell:expect("ipmipower> ")
  shell:write("stat\n"):expect("127%.0%.0%.1: not discovered\n")
  shell:write("quit\n")
  shell:wait()
end)
