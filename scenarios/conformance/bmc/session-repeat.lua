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
