-- A password of 20 octets counts whole in RMCP+. IPMI v2.0, 22.30.
tags "user"
writes()

test("the twentieth octet of a password matters", function()
  local bmc = target()
  local admin = bmc:connect()
  local id = admin:free_user()
  admin:set_user(id, "long", "abcdefghijklmnopqrst")
  local function status(password)
    local login = bmc:wire { user = "long", password = password }:login()
    login:open()
    login:rakp1()
    return expect(login:rakp3()).status
  end
  expect_eq(status "abcdefghijklmnopqrst", 0x00, "all twenty")
  expect_eq(status "abcdefghijklmnopqrsX", 0x0f, "another last octet")
  expect_eq(status "abcdefghijklmnop", 0x0f, "the first sixteen")
  expect_cc(admin:cmd(0x06, 0x47, { id, 0 }))
  expect_cc(admin:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)))
end)
