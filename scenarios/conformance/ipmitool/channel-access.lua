-- "channel getaccess" shows what a user may on a channel, "setaccess" says what.
-- IPMI v2.0, 22.26, 22.27.
tags("client", "channel", "user")

test("what is set is the user's", function()
  local mc = bmc "server-1u"
  mc:ipmitool("channel setaccess 1 7 callin=on ipmi=on link=on privilege=3"):ok()
    :says "successful"
  expect_eq(expect_cc(mc:cmd(0x06, 0x44, { 1, 7 }))[4], 0x33)
end)

test("what is switched off is off", { xfail = "ipmitool takes callin=off, ipmi=off and link=off "
     .. "for on: it works the value out, and then does not use it" }, function()
  local mc = bmc "server-1u"
  mc:ipmitool("channel setaccess 1 3 callin=off ipmi=off link=off privilege=3"):ok()
  expect_eq(trace:expect { "Set User Access", answer = false, link = "clear" }.data:byte(1), 0xc1)
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  mc:set_user(7, "mallory", "secret", "operator")
  local r = mc:ipmitool("channel getaccess 1 7"):ok()
  local shown = r:fields()
  expect_eq(shown["User Name"], "mallory")
  expect_eq(shown["IPMI Messaging"], "enabled")
  expect_eq(shown["Privilege Level"], "OPERATOR")
  expect_eq(shown["Enable Status"], "enabled")
  expect_cc(mc:cmd(0x06, 0x47, { 7, 0 }))
  mc:ipmitool("channel getaccess 1 7"):ok():says "^Enable Status        : disabled$"
end)

test("a user, or a level, that there is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("channel getaccess 1 64"):fails()
  mc:ipmitool("channel setaccess 1 7 privilege=9"):fails()
  mc:ipmitool("channel setaccess 9 7 privilege=3"):fails()
end)
