-- A watchdog has nothing to watch when the system is off: it stops, and does
-- nothing to it. IPMI v2.0, 27.
tags "watchdog"
only_lab()

test("switching the system off stops the watchdog", function()
  local bmc = target()
  bmc:watchdog(20, "cycle")
  bmc:power("off")
  sleep(5)
  local state = bmc:watchdog_state()
  expect_eq(state.running, false, "it does not run")
  sleep(30)
  state = bmc:watchdog_state()
  expect_eq(state.expired & 1 << 4, 0, "it did not expire")
  expect_eq(bmc:chassis_status().power, false, "the system is off")
end)
