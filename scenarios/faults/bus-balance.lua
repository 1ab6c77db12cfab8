-- Whatever befalls a bus, what was queued is accounted for: sent, collided, not
-- acknowledged, given up, or still waiting; and of what crossed it, delivered,
-- damaged, late or lost.
tags("bus", "mix")

for _, model in ipairs { "twin", "shelf" } do
  test(model, function()
    local b = bmc(model)
    local bus = b.chassis:bus()
    local nodes = {}
    for i = 1, 4 do nodes[i] = b.chassis:controller(0xd0 + 2 * i) end
    for _, fault in ipairs {
      { effect = "lose", probability = "10%" }, { effect = "corrupt", probability = "10%" },
      { effect = "duplicate", probability = "10%" }, { effect = "truncate", probability = "5%" },
      { effect = "nak", probability = "10%" }, { effect = "collide", probability = "10%" },
      { effect = "delay", probability = "10%", span = "1ms", jitter = "50ms" },
      { effect = "babble", probability = "2%", span = "5ms" },
      { effect = "stick", probability = "1%", count = 5 },
    } do bus:fault(fault) end
    local done = 0
    for _, node in ipairs(nodes) do
      spawn(function()
        for _ = 1, 10 do node:ask(0x20, 0x06, 0x01) end
        done = done + 1
      end)
    end
    wait_until(function() return done == #nodes end, 1000, "all have asked")
    b.chassis:clear_faults()
    sleep(60)
    local s = bus:stats()
    expect_eq(s.queued, s.frames + s.merged + s.collisions + s.naks + s.data_naks + s.given_up +
                        s.broken + s.withdrawn + s.waiting, "of what was queued")
    expect(s.frames >= 40, "it was at work")
    expect_cc(nodes[1]:ask(0x20, 0x06, 0x01), 0x00, "the bus works again")
  end)
end
