-- What has expired is remembered by use, until somebody clears it.
-- IPMI v2.0, 27.6, 27.7.
tags("watchdog", "waits")
writes()

test("an expiration sets the flag of its use, and writing 1 clears it", function()
  local session = target():connect()
  session:watchdog(1, "none", { use = 3, dont_log = true })
  sleep(3)
  local state = session:watchdog_state()
  expect(not state.running, "it stands")
  expect_eq(state.expired & 0x08, 0x08, "OS load has expired")
  expect_cc(session:cmd(0x06, 0x24, { 0x03, 0, 0, 0x10, 0, 0 }))
  expect_eq(session:watchdog_state().expired & 0x08, 0x08, "clearing another leaves it")
  expect_cc(session:cmd(0x06, 0x24, { 0x03, 0, 0, 0x08, 0, 0 }))
  expect_eq(session:watchdog_state().expired & 0x08, 0, "it is cleared")
end)
