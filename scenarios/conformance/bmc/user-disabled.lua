-- Whoever is disabled is not let in, by either kind of session.
-- IPMI v2.0, 13.21, 22.16, 22.30.
tags "users"
writes()

test("a disabled user is refused until it is enabled", function()
  local bmc = target()
  local id = bmc:free_user()
  bmc:set_user(id, "guest", "secret", "admin")
  local who = { user = "guest", password = "secret" }
  bmc:wire():session(who):close()
  expect_cc(bmc:cmd(0x06, 0x47, { id, 0x00 }), 0x00, "Set User Password: disable the user")
  local login = bmc:wire():login(who)
  expect_status(login:open(), 0x00)
  expect_status(login:rakp1(), 0x0d, "RAKP message 1 of a disabled user")
  expect_cc(bmc:wire():login15(who):challenge(), 0x81, "Get Session Challenge of a disabled user")
  expect_cc(bmc:cmd(0x06, 0x47, { id, 0x01 }), 0x00, "Set User Password: enable the user")
  bmc:wire():session(who):close()
  expect_cc(bmc:cmd(0x06, 0x47, { id, 0x00 }))
  expect_cc(bmc:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)), 0x00, "Set User Name: none again")
end)

test("the null user is refused while it is disabled", { only_lab = true }, function()
  local bmc = target()
  local who = { user = "", password = "", privilege = "user" }
  local login = bmc:wire():login(who)
  expect_status(login:open(), 0x00)
  expect_status(login:rakp1(), 0x0d, "RAKP message 1 without a name")
  expect_cc(bmc:wire():login15(who):challenge(), 0x82, "Get Session Challenge without a name")
end)
