-- A level above the user's limit is not to be had, and a command above the
-- session's level is refused; FreeIPMI tells the two apart. IPMI v2.0, 6.8, 13.18.
tags("client", "session")

test("a level above the user's limit", function()
  local mc = bmc "server-1u"
  for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" }, { lan15 = "straight" } } do
    how.user, how.password, how.privilege = "monitor", "monitor", "admin"
    local r = mc:freeipmi("bmc-info", "--get-device-id", how)
    expect_eq(r.status, 1)
    r:says("privilege level cannot be obtained for this user")
  end
end)

test("a command above the session's level", function()
  local mc = bmc "server-1u"
  for _, how in ipairs { { suite = 3 }, { lan15 = "md5" } } do
    how.privilege = "user"
    local r = mc:freeipmi("ipmi-chassis", "--chassis-control=POWER-DOWN", how)
    expect_eq(r.status, 1)
    r:says("privilege level insufficient")
  end
  expect(mc:chassis_status().power, "the host is still on")
  trace:expect { "Chassis Control", answer = true, cc = 0xd4 }
end)
