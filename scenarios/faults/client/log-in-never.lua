-- RAKP 3 never arrives: a client gives up after its tries, says so, and does not go
-- on without a session. (loss-random, loss-handshake-step)
tags("client", "login")

local function deaf()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", payload = "rakp 3" }
  return b
end

test("FreeIPMI", function()
  local b = deaf()
  b:freeipmi("bmc-info", "--retransmission-timeout=20 --session-timeout=50000 --session-timeout=1000"):fails("timeout")
  expect_eq(trace:count { "Set Session Privilege Level" }, 0)
end)

test("ipmitool", function()
  local b = deaf()
  local r = b:ipmitool("mc guid", { args = { "-N", "1", "-R", "1" } })
  r:fails "no response from RAKP 3"
  expect_eq(trace:count { "RAKP 4" }, 0, "nobody was let in")
  xfail("after its last try ipmitool goes on as if it were logged in, and calls the refusal that "
     .. "it then gets the reason")
  expect_eq(trace:count { "Set Session Privilege Level", answer = false }, 0)
end)
