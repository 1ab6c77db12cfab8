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
  local commands, asked = {}, {}
  for _, action in ipairs { "none", "reset", "poweroff", "cycle" } do
    commands[#commands + 1] = "mc watchdog set timeout=10 use=sms action=" .. action
  end
  for _, use in ipairs { "frb2", "post", "osload", "sms", "oem" } do
    commands[#commands + 1] = "mc watchdog set timeout=10 action=none use=" .. use
  end
  mc:command(0x06, 0x24, function(request)
    asked[#asked + 1] = { request[1] & 7, request[2] & 7 }
    return request.original()
  end)
  mc:ipmitool_exec(commands):ok()
  expect_eq(asked, { { 4, 0 }, { 4, 1 }, { 4, 2 }, { 4, 3 },
                     { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 }, { 5, 0 } })
  expect_eq(timer(mc):byte(1) & 7, 5)
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
