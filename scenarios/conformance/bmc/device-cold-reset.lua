-- A cold reset ends all sessions and keeps what is nonvolatile.
-- IPMI v2.0, 20.2.
tags "device"
writes()
only_lab()

test("after a cold reset sessions are gone and settings are there", function()
  local bmc = target()
  local admin = bmc:connect()
  local id = admin:free_user()
  admin:set_user(id, "kept", "password")
  admin:set_lan_parameter(16, "secret" .. ("\0"):rep(12))
  local session = bmc:wire():session()
  admin:cold_reset()
  sleep(60)
  expect_silence(session:cmd(0x06, 0x01), "the session has ended")
  local again = bmc:connect { user = "kept", password = "password" }
  expect_eq(again:user_name(id), "kept", "the user is there")
  expect_eq(again:lan_parameter(16):sub(1, 6), "secret", "the community string is there")
end)
