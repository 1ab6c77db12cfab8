-- What cannot be trusted is not answered during activation either.
-- IPMI v2.0, 13.14, 22.17.1.
tags "lan15"

local function challenged()
  local login = target():wire():login15()
  expect_cc(login:challenge())
  return login
end

test("an AuthCode made with a wrong password is not answered", function()
  local login = challenged()
  expect_silence(login:activate { password = "not-the-password" })
  expect_cc(login:activate(), 0x00, "the right one is answered after it")
end)

test("a session sequence number other than 0 is not answered", function()
  local login = challenged()
  left_open("the number of a packet outside a session may be ignored", function()
    expect_silence(login:activate { packet = { sequence = 1 } })
    expect_cc(login:activate(), 0x00, "with 0 it is answered after it")
  end)
end)

test("an authentication type that was not challenged for opens no session", function()
  local reply = challenged():activate { packet = { auth_type = 4 } }
  expect(reply.timed_out or reply.cc ~= 0x00, "it is dropped or refused")
  left_open("it may also be refused", function() expect_silence(reply) end)
end)

test("nothing but Activate Session is done before the session is active", function()
  local login = challenged()
  local request = packet.message { netfn = 0x06, cmd = 0x01 }
  local code = packet.auth_code(login.auth_type, login.password, login.id, request, 0)
  login.wire:send(packet.v15 { auth_type = login.auth_type, session = login.id, code = code,
                               message = request })
  local answer = login.wire:receive()
  local parsed = answer and packet.parse_message(packet.parse(answer).payload)
  expect(not parsed or parsed.cc ~= 0x00, "Get Device ID is not done")
end)
