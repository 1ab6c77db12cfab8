-- A password that was set with 20 octets opens no session of IPMI 1.5.
-- IPMI v2.0, 22.30.
tags "lan15"
writes()

test("a user with a 20-octet password cannot log in with IPMI 1.5", function()
  local bmc = target()
  local admin = bmc:connect()
  local id = admin:free_user()
  admin:set_user(id, "long", "a password of twenty")
  local wire = bmc:wire { user = "long", password = "a password of twenty" }
  expect_status(wire:login():open(), 0, "RMCP+ can be tried")
  expect_cc(wire:session():cmd(0x06, 0x01), 0x00, "RMCP+ lets him in")
  local login = wire:login15()
  local reply = login:challenge()
  if reply.cc == 0 then
    expect_ne(login:activate().cc, 0x00, "the first 16 octets let nobody in")
  end
  expect_cc(admin:cmd(0x06, 0x47, { id, 0 }), 0x00, "the user is disabled again")
  expect_cc(admin:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)), 0x00, "and has no name")
end)
