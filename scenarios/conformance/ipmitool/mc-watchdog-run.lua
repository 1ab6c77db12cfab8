-- "mc watchdog reset" starts the timer, "off" stops it, and when it expires its
-- flag is shown. IPMI v2.0, 27.1, 27.5, 27.6.
tags("client", "watchdog")

test("it runs, and stops", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc watchdog set timeout=100 action=reset use=sms"):ok()
  mc:ipmitool("mc watchdog reset"):ok():says "countdown restarted"
  expect(mc:watchdog_state().running)
  mc:ipmitool("mc watchdog get"):ok():says "^Watchdog Timer Is: +Started/Running$"
  mc:ipmitool("mc watchdog off"):ok():says "timer stopped"
  expect(not mc:watchdog_state().running)
  mc:ipmitool("mc watchdog get"):ok():says "^Watchdog Timer Is: +Stopped$"
end)

test("it cannot be started before it was set", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc watchdog reset"):fails "Attempt to reset uninitialized watchdog"
  expect_cc(mc:cmd(0x06, 0x22), 0x80)
end)

test("what expired is shown, and the host is off", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc watchdog set timeout=30 action=poweroff use=sms"):ok()
  mc:ipmitool("mc watchdog reset"):ok()
  sleep(35)
  mc:ipmitool("mc watchdog get"):ok():says "Timer Expiration Flags: %(0x10%)%s+%* SMS/OS"
  mc:ipmitool("power status"):ok():says "is off$"
  mc:ipmitool("sel elist last 4"):ok():says "Watchdog2 Watchdog | Power down | Asserted"
end)
