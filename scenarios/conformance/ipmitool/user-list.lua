-- "user list" and "user summary" show who may log in, and how. IPMI v2.0, 22.27, 22.29.
tags("client", "user")

test("every user's name and limit", function()
  local mc = bmc "server-1u"
  mc:set_user(7, "mallory", "secret", "operator")
  local list = mc:ipmitool("user list 1"):ok()
  list:says "^2 +ADMIN +true +false +true +ADMINISTRATOR$"
  list:says "^7 +mallory +%a+ +%a+ +true +OPERATOR$"
  mc:ipmitool("user list 1", { args = { "-c" } }):ok():says "^4,monitor,true,false,true,USER$"
end)

test("a limit of no access, and messaging switched off", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x43, { 0x81, 3, 0x0f, 0 }))
  mc:ipmitool("user list 1"):ok():says "^3 +operator +true +false +false +NO ACCESS$"
end)

test("how many there are", function()
  local mc = bmc "server-1u"
  local r = expect_cc(mc:cmd(0x06, 0x44, { 1, 1 }))
  local shown = mc:ipmitool("user summary 1"):ok():fields()
  expect_eq(tonumber(shown["Maximum IDs"]), r[1] & 0x3f)
  expect_eq(tonumber(shown["Enabled User Count"]), r[2] & 0x3f)
  expect_eq(tonumber(shown["Fixed Name Count"]), r[3] & 0x3f)
end)

test("a channel that there is not", function()
  bmc "server-1u":ipmitool("user list 9"):fails "Invalid data field in request"
end)
