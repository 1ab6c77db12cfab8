-- Bad passwords are counted, and too many of them keep a user out for a while.
-- IPMI v2.0, 23.2, LAN parameter 26.
tags "users"
only_lab()

local function attempt(bmc, password)
  local login = bmc:wire():login { user = "operator", password = password, privilege = "user" }
  expect_status(login:open(), 0x00)
  local answer = login:rakp1()
  return answer.status == 0 and login:rakp3().status or answer.status
end

test("three bad passwords lock a user out for twenty seconds", function()
  local bmc = target()
  bmc:set_lan_parameter(26, { 0x00, 3, 0, 0, 2, 0 })
  for n = 1, 3 do
    expect_eq(attempt(bmc, "wrong"), 0x0f, ("bad password %d"):format(n))
  end
  expect_eq(attempt(bmc, "operator"), 0x0d, "the right password, too late")
  sleep(21)
  expect_eq(attempt(bmc, "operator"), 0x00, "the right password when it is over")
end)
