-- A name that the BMC does not know, and one that is switched off, open nothing:
-- RAKP 2 has status 0Dh, Get Session Challenge is answered 81h, and FreeIPMI
-- says "username invalid" to all of it. IPMI v2.0, 13.24, 22.16.
tags("client", "session")

local function expect_no_such_user(mc, how)
  local r = mc:freeipmi("bmc-info", "--get-device-id", how)
  expect_eq(r.status, 1)
  r:says("username invalid")
end

test("a name that nobody has", function()
  local mc = bmc "server-1u"
  expect_no_such_user(mc, { user = "nobody" })
  expect_eq(trace:expect("RAKP 2").data:byte(2), 0x0d)
  expect_no_such_user(mc, { user = "nobody", lan15 = "md5" })
  trace:expect { "Get Session Challenge", answer = true, cc = 0x81 }
end)

test("a user who is switched off", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x47, { 4, 0 }))                   -- Set User Password: disable
  expect_no_such_user(mc, { user = "monitor", password = "monitor" })
  expect_no_such_user(mc, { user = "monitor", password = "monitor", lan15 = "md5" })
  expect_cc(mc:cmd(0x06, 0x47, { 4, 1 }))
  mc:freeipmi("bmc-info", "--get-device-id", { user = "monitor", password = "monitor" }):ok()
end)

test("names and passwords that are too long are not sent", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", nil, { user = ("x"):rep(17) }):fails("username too long")
  mc:freeipmi("bmc-info", nil, { password = ("x"):rep(21) }):fails("password too long")
  mc:freeipmi("bmc-info", nil, { password = ("x"):rep(17), lan15 = "md5" }):fails("password too long")
  trace:none { link = "lan" }
end)
