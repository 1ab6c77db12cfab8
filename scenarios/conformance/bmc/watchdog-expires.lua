-- The watchdog expires when its time is over, not sooner and not later, and says
-- for what it was used. IPMI v2.0, 27.5, 27.6, 27.7.
tags("watchdog", "waits")
writes()

test("a countdown of ten seconds takes ten seconds", function()
  local bmc = target()
  bmc:watchdog(10)
  sleep(9)
  local state = bmc:watchdog_state()
  expect_eq(state.running, true, "it runs after 9 seconds")
  expect_near(state.left, 1, 0.2, "seconds that are left")
  sleep(2)
  state = bmc:watchdog_state()
  expect_eq(state.running, false, "it is over after 11 seconds")
  expect_eq(state.left, 0, "nothing is left")
  expect_eq(state.expired & 1 << 4, 1 << 4, "the flag of its use, SMS/OS")
end)

test("a countdown that is reset in time does not end", function()
  local bmc = target()
  bmc:watchdog(4)
  for _ = 1, 5 do
    sleep(3)
    expect_cc(bmc:cmd(0x06, 0x22), 0x00, "Reset Watchdog Timer")
  end
  expect_eq(bmc:watchdog_state().running, true, "it runs after 15 seconds")
  expect_cc(bmc:cmd(0x06, 0x24, { 0x04, 0x00, 0x00, 0x10, 0x64, 0x00 }), 0x00, "it is stopped")
end)
