-- Only an Administrator may close somebody else's session. IPMI v2.0, 22.19.
tags "session"

local function two_sessions(privilege)
  local bmc = target()
  return bmc:wire():session { privilege = privilege }, bmc:wire():session()
end

test("a User cannot close another session", function()
  local user, victim = two_sessions "user"
  expect_cc(user:cmd(0x06, 0x3c, string.pack("<I4", victim.id)), 0xd4)
  expect_cc(victim:cmd(0x06, 0x01), 0x00, "the other session lives on")
end)

test("an Administrator can", function()
  local admin, victim = two_sessions "admin"
  expect_cc(admin:cmd(0x06, 0x3c, string.pack("<I4", victim.id)))
  expect_silence(victim:cmd(0x06, 0x01), "the other session has ended")
end)
