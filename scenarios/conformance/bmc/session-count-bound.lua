-- A BMC has no more sessions at a time than it says are possible.
-- IPMI v2.0, 6.12.7, 22.20.
tags "session"
only_lab()

-- Open a session; false when one of the steps is refused.
local function open(bmc, user)
  local login = bmc:wire():login { user = user, password = user, privilege = "user" }
  for _, step in ipairs { "open", "rakp1", "rakp3" } do
    if expect(login[step](login), step .. " is answered").status ~= 0 then return false end
  end
  return true
end

test("all users together get as many sessions as are possible", function()
  local bmc = target()
  local session = bmc:wire():session()
  local possible = expect_cc(session:cmd(0x06, 0x3d, { 0x00 }), 0x00, "Get Session Info")[2]
  local opened = 1
  for _, user in ipairs { "ADMIN", "operator", "monitor" } do
    while opened <= possible and open(bmc, user) do opened = opened + 1 end
  end
  expect_eq(opened, possible, "sessions that could be opened")
  expect_eq(session:cmd(0x06, 0x3d, { 0x00 })[3], possible, "active sessions")
end)
