-- An expiration is logged, but not when the timer was told not to; that holds
-- once. IPMI v2.0, 27.6.
tags("watchdog", "waits")
writes()

-- Records of sensor type Watchdog 2 in the log.
local function records(bmc)
  local count = 0
  for _, entry in ipairs(bmc:sel()) do
    if entry.sensor_type == 0x23 then count = count + 1 end
  end
  return count
end

test("\"don't log\" keeps one expiration out of the log", function()
  local bmc = target()
  local before = records(bmc)
  bmc:watchdog(1, "none", { dont_log = true })
  sleep(2)
  expect_eq(bmc:watchdog_state().running, false, "the timer expired")
  expect_eq(records(bmc), before, "nothing was logged")
  bmc:watchdog(1, "none")
  sleep(2)
  expect_eq(records(bmc), before + 1, "the next one is logged")
end)
