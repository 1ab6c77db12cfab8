-- A packet with a wrong AuthCode is dropped and leaves no trace in the session.
-- IPMI v2.0, 13.14, 6.12.12.
tags "lan15"

test("a wrong AuthCode is not answered, and its number stays unused", function()
  local session = target():wire():session { lan15 = "md5" }
  local number = session:next_sequence()
  expect_silence(session:cmd(0x06, 0x01, nil, { sequence = number, code = ("\0"):rep(16) }))
  expect_silence(session:cmd(0x06, 0x01, nil, { sequence = number, password = "another" }))
  expect_cc(session:cmd(0x06, 0x01, nil, { sequence = number }), 0x00,
            "the number is still good")
end)

test("a message without AuthCode in an authenticated session is dropped", function()
  local session = target():wire():session { lan15 = "md5" }
  local status = expect_cc(session.wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))[3]
  if status & 0x18 ~= 0 then skip "this BMC asks for codes at log-in alone" end
  expect_silence(session:cmd(0x06, 0x3b, { 0x04 }, { auth_type = 0 }))
end)

test("another authentication type than agreed on is dropped", function()
  local session = target():wire():session { lan15 = "md5" }
  expect_silence(session:cmd(0x06, 0x01, nil, { auth_type = 4 }), "a straight password")
  expect_cc(session:cmd(0x06, 0x01))
end)
