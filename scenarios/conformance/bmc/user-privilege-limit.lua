-- A user's limit on the channel is kept and holds from the next log-in on.
-- IPMI v2.0, 22.26, 22.27.
tags "user"
writes()

test("a user is let in up to his limit", function()
  local bmc = target()
  local admin = bmc:connect()
  local id = admin:free_user()
  for limit, name in pairs { [2] = "user", [3] = "operator", [4] = "admin" } do
    admin:set_user(id, "limited", "password", name, admin:cmd(0x06, 0x42, { 0x0e })[1])
    expect_eq(admin:cmd(0x06, 0x44, { 0x0e, id })[4] & 0x0f, limit, "his limit is kept")
    for level = 2, 4 do
      local login = bmc:wire { user = "limited", password = "password" }:login
                       { privilege = level }
      login:open()
      local status = expect(login:rakp1()).status
      expect_eq(status == 0x00, level <= limit,
                ("limit %d, asking for %d"):format(limit, level))
    end
  end
  expect_cc(admin:cmd(0x06, 0x47, { id, 0 }))
  expect_cc(admin:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)))
end)
