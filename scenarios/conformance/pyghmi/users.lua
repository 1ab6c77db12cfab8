-- pyghmi makes a user who can log in, and takes him away.
tags("client", "user")

test("a user comes and goes", function()
  local mc = bmc "server-1u"
  mc:pyghmi("bmc.create_user(6, 'bob', 'bobpw', privilege_level='operator')"):ok()
  expect_eq(mc:user_name(6), "bob")
  mc:connect { user = "bob", password = "bobpw", privilege = "operator" }:close()
  mc:pyghmi("print(bmc.get_users())"):ok():says "'bob'"
  mc:pyghmi("bmc.user_delete(6)"):ok()
  expect(not mc:console { user = "bob", password = "bobpw", privilege = "user" }:try_open())
end)
