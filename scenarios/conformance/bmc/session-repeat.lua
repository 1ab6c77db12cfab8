-- A request of a session that is sent again, under its rqSeq and a new session
-- number, since its answer was lost, is answered as before and not carried out a
-- second time. IPMI v2.0, 5.2 (CFh), 13.8.
tags "session"
only_lab()

for _, lan15 in ipairs { false, "md5" } do
  test((lan15 and "IPMI 1.5" or "RMCP+") .. ": a repeated reservation is the same", function()
    local session = target():wire():session { lan15 = lan15 or nil }
    local function reserve(message)
      session.wire:send(session:packet(message))
      local fields = packet.parse(expect(session.wire:receive(), "there is an answer"))
      return packet.parse_message(session:payload(fields)).data
    end
    local message = session:message { netfn = 0x0a, cmd = 0x42 }
    local first = reserve(message)
    expect_eq(reserve(message), first, "the same request")
    expect_ne(reserve(session:message { netfn = 0x0a, cmd = 0x42 }), first, "a new one")
    expect_eq(reserve(message), first, "and the first once more")
  end)
end

test("a repeated question gets what is true now", function()
  local bmc = target()
  local session = bmc:wire():session()
  local question = session:message { netfn = 0x00, cmd = 0x01 }
  local function power()
    session.wire:send(session:packet(question))
    local fields = packet.parse(expect(session.wire:receive(), "there is an answer"))
    return packet.parse_message(session:payload(fields)).data:byte(1) & 1
  end
  expect_eq(power(), 1, "power")
  bmc.chassis.host:power "off"
  bmc.chassis.host:wait("off", 60)
  expect_eq(power(), 0, "power")
end)

-- The octets of the answer to a request that is said again, word for word.
local function asker(session, request)
  local question = session:message(request)
  return function()
    session.wire:send(session:packet(question))
    local fields = packet.parse(expect(session.wire:receive(), "there is an answer"))
    return packet.parse_message(session:payload(fields)).data
  end
end

test("and so does a manufacturer's, whatever it is called", function()
  local dell = bmc { name = "dell", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0xbf 674 1
mc_enable 0x20
oem_profile 0x20 dell
]] }
  local asks = asker(dell:wire():session(), { netfn = 0x30, cmd = 0x32 })
  expect_eq(asks(), "\0", "the identify light is off")
  expect_cc(dell:cmd(0x00, 0x04, { 60 }))
  expect_eq(asks(), "\1", "and on")
end)

test("what a question clears is told to who repeats it", function()
  local session = target():wire():session()
  local asks = asker(session, { netfn = 0x0c, cmd = 0x04, data = "\x0e\x01" })
  expect_cc(session:cmd(0x0c, 0x04, { 0x0e, 1 }))
  for _ = 1, 9 do session:cmd(0x06, 0x01) end
  local first = asks()
  expect(first:byte(13) >= 9, "packets that were counted")
  expect_eq(asks(), first, "once more")
end)
