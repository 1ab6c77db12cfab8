-- What belongs to one session is worthless in another. IPMI v2.0, 6.12, 13.28.
tags "rmcpp"

test("a packet made with the keys of another session is dropped", function()
  local bmc = target()
  local one, other = bmc:wire():session(), bmc:wire():session()
  local message = packet.message { netfn = 0x06, cmd = 0x01 }
  one.wire:send(other:packet(message, { session = one.id }))
  one.wire:expect_silence("the other's keys under this one's id")
  expect_cc(one:cmd(0x06, 0x01))
  expect_cc(other:cmd(0x06, 0x01))
end)

test("a packet that was sent in a session that ended is worthless in the next", function()
  local wire = target():wire()
  local first = wire:session()
  local recorded = first:packet(packet.message { netfn = 0x00, cmd = 0x01 })
  first:close()
  wire:session()
  wire:send(recorded)
  wire:expect_silence()
end)
