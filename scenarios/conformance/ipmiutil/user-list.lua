-- ipmiutil user list tells of all users.
tags("client", "user")

test("names, privileges and whether they are enabled", function()
  local mc = bmc "server-1u"
  mc:set_user(6, "seventh", "password", "operator")
  local r = mc:ipmiutil "user list":ok()
  r:says "^User +2: chan=1 +%s*enabled +%s*Admin +%s*ADMIN"
  r:says "^User +4: chan=1 +%s*enabled +%s*User +%s*monitor"
  r:says "^User +6: chan=1 +%s*enabled +%s*Operator +%s*seventh"
  r:says "^User +7: chan=1 +%s*disabled"
end)
