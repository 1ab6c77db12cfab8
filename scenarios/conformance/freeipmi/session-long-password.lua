-- RMCP+ knows passwords of twenty octets, IPMI 1.5 those of sixteen. IPMI v2.0, 22.30.
tags("client", "session")

test("a password of twenty octets", function()
  local mc = bmc "server-1u"
  mc:set_user(5, "longest", "12345678901234567890", "operator")
  for _, suite in ipairs { 2, 3, 7, 17 } do
    mc:freeipmi("bmc-info", "--get-device-id",
                { user = "longest", password = "12345678901234567890", suite = suite }):ok()
  end
  mc:freeipmi("bmc-info", "--get-device-id",
              { user = "longest", password = "1234567890123456789x" }):fails("password invalid")
end)

test("one of sixteen, by either way", function()
  local mc = bmc "server-1u"
  mc:set_user(5, "shorter", "1234567890123456", "operator")
  for _, how in ipairs { { suite = 3 }, { suite = 7 }, { lan15 = "md5" }, { lan15 = "md2" } } do
    how.user, how.password = "shorter", "1234567890123456"
    mc:freeipmi("bmc-info", "--get-device-id", how):ok()
  end
end)
