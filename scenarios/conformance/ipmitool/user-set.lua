-- "user set", "priv", "enable" and "disable" make a user who can log in, and one who
-- cannot. IPMI v2.0, 22.26, 22.28, 22.30.
tags("client", "user")

local function as(mc, name, password, privilege)
  return mc:ipmitool("power status", { user = name, password = password, privilege = privilege })
end

test("from nothing to his first log-in", function()
  local mc = bmc "server-1u"
  mc:ipmitool("user set name 8 mallory"):ok()
  expect_eq(mc:user_name(8), "mallory")
  mc:ipmitool("user set password 8 sixteen-letters1 16"):ok():says "successful"
  expect_cc(mc:cmd(0x06, 0x47, "\x08\x03sixteen-letters1"))
  mc:ipmitool("channel setaccess 1 8 ipmi=on"):ok()
  mc:ipmitool("user priv 8 3 1"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x44, { 1, 8 }))[4] & 0x0f, 3)
  as(mc, "mallory", "sixteen-letters1", "operator"):fails "Unable to establish"
  mc:ipmitool("user enable 8"):ok()
  as(mc, "mallory", "sixteen-letters1", "operator"):ok():says "is on"
  as(mc, "mallory", "sixteen-letters1", "admin"):fails "Unable to establish"
  mc:ipmitool("user disable 8"):ok()
  as(mc, "mallory", "sixteen-letters1", "operator"):fails "Unable to establish"
end)

test("a password of twenty", function()
  local mc = bmc "server-1u"
  mc:ipmitool("user set password 3 twenty-characters-ok 20"):ok()
  expect_cc(mc:cmd(0x06, 0x47, "\x83\x03twenty-characters-ok"))
  as(mc, "operator", "twenty-characters-ok", "operator"):ok()
  as(mc, "operator", "operator", "operator"):fails()
end)

test("ids and names that cannot be", function()
  local mc = bmc "server-1u"
  mc:ipmitool("user set name 63 xx"):fails "Invalid data field in request"
  mc:ipmitool("user set name 99 xx"):fails "limited to range <1%.%.63>"
  mc:ipmitool("user set name 8 seventeen-letters"):fails()
  mc:ipmitool("user set password 8 more-than-twenty-letters 20"):fails()
  expect_eq(mc:user_name(8), "")
end)
