-- Before a time-out system software may be interrupted; Get Message Flags tells
-- it why. IPMI v2.0, 22.3, 22.4, 27.6.
tags "watchdog"
only_lab()

local function flags(bmc)
  return expect_cc(bmc:cmd(0x06, 0x31), 0x00, "Get Message Flags")[1]
end

test("a pre-time-out interrupt is flagged until it is cleared", function()
  local bmc = target()
  bmc:watchdog(10, "none", { pretimeout = 4, interrupt = 3 })
  sleep(5)
  expect_eq(flags(bmc) & 0x08, 0x00, "no flag 5 seconds before the end")
  sleep(2)
  expect_eq(flags(bmc) & 0x08, 0x08, "the flag 3 seconds before the end")
  expect_cc(bmc:cmd(0x06, 0x30, { 0x08 }), 0x00, "Clear Message Flags")
  expect_eq(flags(bmc) & 0x08, 0x00, "the flag is cleared")
end)
