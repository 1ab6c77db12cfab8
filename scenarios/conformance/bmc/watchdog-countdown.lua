-- The countdown runs in tenths of a second, and begins anew with each reset.
-- IPMI v2.0, 27.5, 27.7.
tags("watchdog", "waits")
writes()

test("the count goes down with time, and back up with Reset Watchdog Timer", function()
  local session = target():connect()
  session:watchdog(100)
  sleep(5)
  expect_near(session:watchdog_state().left, 95, 1, "after five seconds")
  expect_cc(session:cmd(0x06, 0x22))
  expect_near(session:watchdog_state().left, 100, 1, "started anew")
  expect_eq(session:watchdog_state().initial, 100, "the count to begin with stays")
  expect_cc(session:cmd(0x06, 0x24, { 0x04, 0, 0, 0x3e, 0, 0 }), 0x00, "it is stopped")
end)
