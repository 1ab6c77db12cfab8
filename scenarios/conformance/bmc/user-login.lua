-- A new user can log in as soon as he is enabled, and not before or after.
-- IPMI v2.0, 22.28, 22.30.
tags "user"
writes()

local function tries(bmc, password)
  local login = bmc:wire { user = "newcomer", password = password }:login()
  login:open()
  local answer = expect(login:rakp1())
  if answer.status ~= 0 then return answer.status end
  return expect(login:rakp3()).status
end

test("a user logs in with his password while he is enabled", function()
  local bmc = target()
  local admin = bmc:connect()
  expect_eq(tries(bmc, "secret"), 0x0d, "before there is such a user")
  local id = admin:free_user()
  admin:set_user(id, "newcomer", "secret")
  expect_eq(tries(bmc, "secret"), 0x00, "with the right password")
  expect_eq(tries(bmc, "Secret"), 0x0f, "with a wrong one")
  expect_cc(admin:cmd(0x06, 0x47, { id, 0 }), 0x00, "he is disabled")
  expect_eq(tries(bmc, "secret"), 0x0d, "as if he were not there")
  expect_cc(admin:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)))
end)

test("a changed password counts from the next log-in on", function()
  local bmc = target()
  local admin = bmc:connect()
  local id = admin:free_user()
  admin:set_user(id, "newcomer", "first")
  expect_eq(tries(bmc, "first"), 0x00)
  admin:set_user(id, "newcomer", "second")
  expect_eq(tries(bmc, "first"), 0x0f, "the old password")
  expect_eq(tries(bmc, "second"), 0x00, "the new password")
  expect_cc(admin:cmd(0x06, 0x47, { id, 0 }))
  expect_cc(admin:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)))
end)
