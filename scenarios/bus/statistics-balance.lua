-- What was queued is what was sent, refused, lost, given up or waits still, at any instant and
-- whatever goes wrong; and both ends of the bus count alike.
tags("bus", "statistics")

local function check(bus)
  local s = bus:stats()
  expect_eq(s.queued, s.frames + s.merged + s.collisions + s.naks + s.data_naks + s.given_up + s.broken +
                      s.withdrawn + s.waiting, "queued is the sum of what became of the frames")
  expect_eq(s.fates.delivered + s.fates.ignored + s.fates.corrupted >= 0, true)
  expect(s.busy + s.babble + s.stuck <= now() + 1e-9, "no more time than there was")
  expect(s.utilisation >= 0 and s.utilisation <= 1)
end

for _, machine in ipairs { "bench.emu", "bench-csma.emu" } do
  test("the books of " .. machine .. " balance in a storm of faults", function()
    local chassis = bmc(machine).chassis
    local bus = chassis:bus()
    bus:fault { effect = "lose", probability = "5%" }
    bus:fault { effect = "corrupt", probability = "5%" }
    bus:fault { effect = "duplicate", probability = "5%" }
    bus:fault { effect = "nak", probability = "3%" }
    bus:fault { effect = "nak", probability = "3%", offset = 4 }
    bus:fault { effect = "delay", probability = "5%", span = "2ms", jitter = "5ms" }
    bus:fault { effect = "babble", probability = "1%", span = "3ms" }
    bus:fault { effect = "stick", probability = "1%", count = 5 }
    for _, address in ipairs { 0x10, 0x12, 0x14, 0x16, 0x18 } do
      local node = chassis:controller(address)
      spawn(function()
        while true do
          node:ask(({ 0x20, 0x72, 0x74, 0x7a })[math.random(4)], 0x06, 0x01)
        end
      end)
    end
    for _ = 1, 50 do
      sleep("173ms")
      check(bus)
    end
    expect(bus:stats().frames > 500, "there was a storm")
  end)
end

test("sent and received octets agree when nothing goes wrong", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  for _ = 1, 25 do expect_cc(node:ask(0x72, 0x06, 0x01)) end
  local one, other, all = chassis:bus():node(0x10), chassis:bus():node(0x72), chassis:bus():stats()
  expect_eq({ one.frames_sent, other.frames_sent }, { 25, 25 })
  expect_eq(one.octets_sent, other.octets_received)
  expect_eq(other.octets_sent, one.octets_received)
  expect_eq(all.octets, one.octets_sent + other.octets_sent)
end)
