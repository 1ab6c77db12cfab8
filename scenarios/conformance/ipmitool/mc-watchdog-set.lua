-- "mc watchdog set" sets the timer as it is told, without starting it; "get" shows it
-- as it stands. IPMI v2.0, 27.6, 27.7.
tags("client", "watchdog")

local function timer(mc) return expect_cc(mc:cmd(0x06, 0x25)).data end

test("use, action, interrupt and times are the timer's", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc watchdog set timeout=100 action=cycle pretimeout=5 int=nmi use=osload"):ok()
  expect_eq(timer(mc), hex "03 23 05 00 e8 03 e8 03")
  local shown = mc:ipmitool("mc watchdog get"):ok():fields()
  expect_match(shown["Watchdog Timer Use"], "^OS Load")
  expect_eq(shown["Watchdog Timer Is"], "Stopped")
  expect_match(shown["Watchdog Timer Action"], "^Power Cycle")
  expect_match(shown["Pre-timeout interrupt"], "^NMI")
  expect_eq(shown["Pre-timeout interval"], "5 seconds")
  expect_eq(shown["Initial Countdown"], "100.0 sec")
end)

test("each action, and each use", function()
  local mc = bmc "server-1u"
  for action, code in pairs { none = 0, reset = 1, poweroff = 2, cycle = 3 } do
    mc:ipmitool("mc watchdog set timeout=10 use=sms action=" .. action):ok()
    expect_eq(timer(mc):byte(2) & 7, code, action)
  end
  for use, code in pairs { frb2 = 1, post = 2, osload = 3, sms = 4, oem = 5 } do
    mc:ipmitool("mc watchdog set timeout=10 action=none use=" .. use):ok()
    expect_eq(timer(mc):byte(1) & 7, code, use)
  end
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x24, { 0x84, 0x11, 3, 0, 0x58, 0x02 }))
  local shown = mc:ipmitool("mc watchdog get"):ok():fields()
  expect_eq(shown["Watchdog Timer Logging"], "Off")
  expect_match(shown["Watchdog Timer Action"], "^Hard Reset")
  expect_eq(shown["Pre-timeout interrupt"], "SMI")
  expect_eq(shown["Initial Countdown"], "60.0 sec")
end)
