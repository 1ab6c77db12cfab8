-- A room is searched by presence pings: all that are there answer, with the tag of the ping, and nobody
-- answers for another. IPMI v2.0, 13.2.3.
tags("fleet", "discovery")

test("of a hundred addresses those answer that have a BMC", function()
  local wires = {}
  for i, b in ipairs(fleet("server-1u", 100)) do
    wires[i] = b:wire()
    if i % 7 == 0 then b:pull_out() end
  end
  -- All pings go out before the first pong is looked at.
  for i, wire in ipairs(wires) do wire:send(packet.asf { tag = i }) end
  local found = 0
  for i, wire in ipairs(wires) do
    local datagram = wire:receive("10ms")
    if i % 7 == 0 then
      expect(not datagram, ("number %d is out"):format(i))
    else
      local pong = packet.parse(expect(datagram, ("number %d answers"):format(i)))
      expect_eq({ pong.type, pong.tag }, { 0x40, i })
      expect(not wire:receive(0), "one pong each")
      found = found + 1
    end
  end
  expect_eq(found, 100 - 14)
end)
