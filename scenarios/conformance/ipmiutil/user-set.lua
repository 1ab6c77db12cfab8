-- ipmiutil user makes a user who can log in.
tags("client", "user")

test("name, password and privilege", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "user set 6 name bob":ok()
  expect_eq(mc:user_name(6), "bob")
  mc:ipmiutil "user set 6 password bobpw":ok()
  mc:ipmiutil "user set 6 priv 3":ok()
  mc:ipmiutil "user enable 6":ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x44, { 1, 6 }))[4] & 0x0f, 3, "an Operator")
  mc:connect { user = "bob", password = "bobpw", privilege = "operator" }:close()
end)

test("a user who is disabled is kept out", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "user disable 3":ok()
  expect(not mc:console { user = "operator", password = "operator", privilege = "user" }:try_open())
end)
