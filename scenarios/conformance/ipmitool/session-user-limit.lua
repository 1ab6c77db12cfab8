-- Nobody gets in above his limit, whatever "-L" says; without it ipmitool asks for
-- administrator. IPMI v2.0, 13.20, 22.18.
tags("client", "session")

local quick = { "-N", "1", "-R", "1" }

local function try(mc, privilege, lan15)
  return mc:ipmitool("power status", { user = "monitor", password = "monitor",
                                       privilege = privilege, lan15 = lan15, args = quick })
end

test("over RMCP+", function()
  local mc = bmc "server-1u"
  try(mc, "user"):ok():says "is on"
  for _, above in ipairs { "operator", "admin" } do try(mc, above):fails "Unable to establish" end
  try(mc):fails "Unable to establish"
end)

test("over IPMI 1.5", function()
  local mc = bmc "server-1u"
  try(mc, "user", "md5"):ok():says "is on"
  try(mc, "admin", "md5"):fails()
end)
