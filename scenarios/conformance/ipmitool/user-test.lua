-- "user test" asks whether a password is right, and as long as it is kept.
-- IPMI v2.0, 22.30.
tags("client", "user")

test("right, wrong, and of another size", function()
  local mc = bmc "server-1u"
  mc:set_user(7, "mallory", "secret")
  mc:ipmitool("user test 7 16 secret"):ok():says "^Success$"
  mc:ipmitool("user test 7 16 secrets"):fails "^Failure: password incorrect$"
  mc:ipmitool("user test 7 20 secret"):fails "^Failure: wrong password size$"
  trace:order { { "Set User Password", cc = 0x00, link = "clear" },
                { "Set User Password", cc = 0x80, link = "clear" },
                { "Set User Password", cc = 0x81, link = "clear" } }
end)

test("it changes nothing", function()
  local mc = bmc "server-1u"
  mc:ipmitool("user test 3 16 guessed"):fails()
  mc:ipmitool("power status", { user = "operator", password = "operator",
                                privilege = "operator" }):ok()
end)
