-- Bridged requests over a network and a bus that both lose frames: whoever gets an
-- answer gets his own, and the BMC's table is empty in the end. IPMI v2.0, 6.13.
tags("bridge", "mix")

-- Ask a satellite for a sensor's reading, up to ten times; nil: none came.
local function reading_of(session, address, rq_seq)
  for _ = 1, 10 do
    local message = packet.message { rs_addr = address, rq_addr = 0x20, rq_seq = rq_seq,
                                     netfn = 0x04, cmd = 0x2d, data = { 0x01 } }
    session.wire:send(session:packet(session:message { netfn = 0x06, cmd = 0x34,
                                                       data = "\x40" .. message }))
    for _ = 1, 6 do
      local datagram = session.wire:receive "200ms"
      local octets = datagram and session:payload(packet.parse(datagram))
      local m = octets and packet.parse_message(octets)
      if m and m.netfn == 0x07 and #m.data > 0 then m = packet.parse_message(m.data) end
      if m and m.netfn == 0x05 and m.rq_seq == rq_seq and m.cc == 0 then return m.data:byte(1) end
    end
  end
end

test("answers go to those who asked", function()
  local b = bmc "twin"
  local value = { [0x72] = 0x31, [0x74] = 0x42 }
  for address, raw in pairs(value) do b.chassis:mc(address):sensor(1):set_raw(raw) end
  local done, came = 0, 0
  for i = 1, 6 do
    local session = b:wire():session()
    local address = i % 2 == 0 and 0x72 or 0x74
    spawn(function()
      for n = 1, 5 do
        local reading = reading_of(session, address, i * 8 + n)
        if reading then
          came = came + 1
          expect_eq(reading, value[address], ("console %d asked %02Xh"):format(i, address))
        end
      end
      done = done + 1
    end)
  end
  b:fault { on = "lan", effect = "lose", probability = "10%" }
  b:fault { on = "lan", effect = "duplicate", probability = "10%" }
  b.chassis:bus():fault { effect = "lose", probability = "15%" }
  b.chassis:bus():fault { effect = "nak", probability = "5%" }
  wait_until(function() return done == 6 end, 600, "all have asked")
  expect(came >= 25, "nearly all were answered")
  b.chassis:clear_faults()
  sleep(30)
  local stats = b:stats()
  expect(stats.bridged >= stats.bridge_answered + stats.bridge_expired, "none is answered twice")
end)
