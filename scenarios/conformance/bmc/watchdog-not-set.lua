-- A watchdog that was never set cannot be started: 80h. IPMI v2.0, 27.5.
tags "watchdog"
only_lab()

test("Reset Watchdog Timer before Set Watchdog Timer is refused with 80h", function()
  expect_cc(target():connect():cmd(0x06, 0x22), 0x80)
end)
