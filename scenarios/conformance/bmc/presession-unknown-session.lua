-- A packet of a session that is not there is dropped. IPMI v2.0, 6.12.13, 13.27.
tags "presession"

local request = packet.message { netfn = 0x06, cmd = 0x01 }

test("packets with a session id that nobody was given are not answered", function()
  local wire = target():wire()
  for _, id in ipairs { 0x00000001, 0x12345678, 0xffffffff } do
    wire:send(packet.v15 { session = id, sequence = 1, message = request })
    wire:expect_silence("in the wrapper of IPMI 1.5")
    wire:send(packet.v15 { auth_type = 2, session = id, sequence = 1, message = request })
    wire:expect_silence("in the wrapper of IPMI 1.5, with an AuthCode")
    wire:send(packet.v20 { session = id, sequence = 1, payload = request })
    wire:expect_silence("in the wrapper of RMCP+")
  end
end)

test("the session ids of two kinds of session are not mixed up", function()
  local wire = target():wire()
  local session = wire:session()
  wire:send(packet.v15 { session = session.id, sequence = 1, message = request })
  wire:expect_silence("an RMCP+ session's id in the wrapper of IPMI 1.5 is nobody's")
end)
