-- openipmish lists the users of a channel, and makes one.
tags("client", "user")

test("they are those of the BMC", function()
  local r = bmc "server-1u":openipmi { "mc chan user list d(0.20) 1", "Name: .*monitor" }:ok()
  r:says "Name: ADMIN"
  r:says "Name: operator"
end)

test("a name and a password that are set", function()
  local mc = bmc "server-1u"
  mc:openipmi { "mc chan user set d(0.20) 1 6 name bob password bobpw",
                "User Info Set" }:ok()
  expect_eq(mc:user_name(6), "bob")
  expect_cc(mc:cmd(0x06, 0x47, "\6\3bobpw" .. ("\0"):rep(11)), 0x00, "it is the password")
end)
