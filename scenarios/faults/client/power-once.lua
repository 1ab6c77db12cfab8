-- A power cycle whose answer is lost: the client asks again, the BMC answers as
-- before, and the machine is switched off and on once. (late-after-retry)
tags("client", "retry")

local function watched()
  local b = bmc "server-1u"
  local told = { off = 0, on = 0, reset = 0 }
  b.chassis:on("power", function(e) told[e.what] = (told[e.what] or 0) + 1 end)
  b:fault { on = "lan", effect = "lose", direction = "from bmc", netfn = 0x01, cmd = 0x02, times = 2 }
  return b, told
end

test("ipmipower cycles", function()
  local b, told = watched()
  b:ipmipower("--cycle --retransmission-timeout=200 --session-timeout=5000"):ok():says(": ok$")
  expect_eq(trace:count { "Chassis Control", answer = false }, 3, "it asked three times")
  sleep(20)
  expect_eq({ told.off, told.on }, { 1, 1 })
end)

test("ipmitool resets", function()
  local b, told = watched()
  b:ipmitool("power reset", { args = { "-N", "1", "-R", "3" } }):ok()
  sleep(20)
  expect_eq(told.reset, 1)
end)
