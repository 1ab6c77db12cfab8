-- ipmiutil wdt sets the watchdog, starts it and stops it.
tags("client", "watchdog")

test("it is set as told", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "wdt -e -t 100 -a 1 -l":ok():says "timeout is 100 seconds"
  local state = mc:watchdog_state()
  expect_eq({ state.initial, state.action }, { 100, 1 })
end)

test("reset starts the count", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "wdt -e -t 100 -a 0":ok()
  expect_eq(mc:watchdog_state().running, false)
  mc:ipmiutil "wdt -r":ok():says "Watchdog timer is started"
  expect_eq(mc:watchdog_state().running, true)
  mc:ipmiutil "wdt -d":ok():says "Watchdog timer is stopped"
  expect_eq(mc:watchdog_state().running, false)
end)

test("stopping it leaves its settings", function()
  local mc = bmc "server-1u"
  mc:watchdog(50, "reset")
  mc:ipmiutil "wdt -d":ok()
  trace:expect { "Set Watchdog Timer", direction = "from bmc", cc = 0 }
  expect_eq(mc:watchdog_state().running, false)
  xfail "ipmiutil stops it with Set Watchdog Timer and settings of its own: 120 s, BIOS FRB2"
  expect_eq({ mc:watchdog_state().initial, mc:watchdog_state().action }, { 50, 1 })
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  mc:watchdog(50, "reset")
  local r = mc:ipmiutil "wdt":ok()
  r:says "Watchdog timer is started for use with SMS/OS"
  r:says "timeout is 50 seconds, counter is [45]%d seconds"
  r:says "action is Hard Reset"
end)
