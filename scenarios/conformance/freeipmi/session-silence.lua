-- FreeIPMI gives up on a BMC that does not answer, after as long as it was told,
-- and says at which stage it was.
tags("client", "session")

local patience = "--get-device-id --session-timeout=700 --retransmission-timeout=200"

local function gives_up(mc, how, words)
  local r = mc:freeipmi("bmc-info", patience, how)
  expect_eq(r.status, 1)
  r:says(words)
  expect(r.seconds > 0.6 and r.seconds < 5, "it gives up in time, not in " .. r.seconds)
end

test("nobody answers at all", function()
  local mc = bmc "server-1u"
  mc:fault { on = "lan", effect = "lose" }
  gives_up(mc, { suite = 3 }, "connection timeout")
  gives_up(mc, { lan15 = "md5" }, "connection timeout")
  expect(trace:count { "Get Channel Authentication Capabilities", direction = "to bmc" } >= 4,
         "it asks again")
end)

test("the BMC falls silent in the session", function()
  local mc = bmc "server-1u"
  mc:answer(0x06, 0x01, { silent = true })
  gives_up(mc, { suite = 3 }, "session timeout")
  gives_up(mc, { lan15 = "md5" }, "session timeout")
end)
