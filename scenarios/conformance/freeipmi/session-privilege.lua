-- -l is the level at which FreeIPMI works: the BMC sees requests come at it.
-- Without -l it is that which the program needs. IPMI v2.0, 22.18.
tags("client", "session")

local function level_of(mc, tool, words, options)
  local level
  local hook = mc:command(0x06, 0x01, function(request)
    level = request.privilege
    return request.original()
  end)
  mc:freeipmi(tool, words, options):ok()
  hook:remove()
  return level
end

test("the level asked for is that of the session", function()
  local mc = bmc "server-1u"
  for name, level in pairs { user = 2, operator = 3, admin = 4 } do
    for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" } } do
      how.privilege = name
      expect_eq(level_of(mc, "bmc-info", "--get-device-id", how), level, name)
    end
  end
end)

test("without one, bmc-info works as a user and ipmi-raw as an administrator", function()
  local mc = bmc "server-1u"
  expect_eq(level_of(mc, "bmc-info", "--get-device-id"), 2)
  expect_eq(level_of(mc, "ipmi-raw", "0 6 1"), 4)
end)
