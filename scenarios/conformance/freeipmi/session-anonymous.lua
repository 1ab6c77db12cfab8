-- A user without a name: FreeIPMI logs in as nobody where the BMC says that
-- this is possible, and does not try where it says that it is not. IPMI v2.0, 22.13.
tags("client", "session")

local function anonymous(mc, how)
  how.user, how.password = "", how.password or ""
  return mc:freeipmi("bmc-info", "--get-device-id", how)
end

test("nobody may log in", function()
  local mc = bmc "server-1u"
  anonymous(mc, { suite = 3 }):fails("username invalid")
  anonymous(mc, { lan15 = "md5" }):fails("username invalid")
  trace:none "Open Session Request"
  trace:none "Get Session Challenge"
end)

test("nobody may, without a password or with one", function()
  local mc = bmc "server-1u"
  for _, password in ipairs { "", "secret" } do
    mc:set_user(1, "", password, "user")
    for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" }, { lan15 = "straight" } } do
      how.password = password
      anonymous(mc, how):ok():says("^Device ID +: 32$")
    end
  end
end)
