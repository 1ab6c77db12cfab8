-- Characters are acknowledged, each packet once, and repeated ones again
-- without being taken twice. IPMI v2.0, 15.9, 15.11.
tags "sol"
only_lab()

local function activated()
  local session = target():wire():session()
  expect_cc(session:cmd(0x06, 0x48, { 1, 1, 0xc0, 0, 0, 0 }))
  return session
end

-- Send a packet of Serial over LAN; the first acknowledgement that comes back.
local function send(session, header, characters)
  session.wire:send(session:packet(string.pack("BBBB", table.unpack(header)) .. characters,
                                   { payload_type = 1 }))
  for _ = 1, 10 do
    local fields = packet.parse(session.wire:receive() or "")
    if not fields then return nil end
    if fields.payload_type == 1 then
      local payload = session:payload(fields)
      if payload:byte(2) ~= 0 then return payload end
    end
  end
end

test("a packet of characters is acknowledged by its number", function()
  local session = activated()
  local ack = expect(send(session, { 1, 0, 0, 0 }, "hello"), "there is an acknowledgement")
  expect_eq(ack:byte(2) & 0x0f, 1, "it is that of packet 1")
  expect_eq(ack:byte(3), 5, "five characters were taken")
  local again = expect(send(session, { 1, 0, 0, 0 }, "hello"), "sent again, it is repeated")
  expect_eq(again:byte(2) & 0x0f, 1, "the number is the same")
end)
