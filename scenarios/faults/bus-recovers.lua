-- A collision, a babbling node, a clock held low, a line stuck low, a node that is
-- dead for a while: what was asked meanwhile ends one way or the other, and when it
-- is over the bus works as before. I2C-bus specification, 3.1.16; IPMB v1.0.
tags "bus"

local troubles = {
  collision = { { effect = "collide", times = 3 }, "collisions" },
  babbling = { { effect = "babble", span = "300ms", times = 2 }, "babbles" },
  ["a clock held low"] = { { effect = "stretch", span = "30ms", times = 4 } },
  ["a clock held low for too long"] = { { effect = "stretch", span = "60ms", times = 2 } },
  ["a data line stuck low until clocked"] = { { effect = "stick", count = 9, times = 2 }, "recoveries" },
  ["a data line stuck low for a second"] = { { effect = "stick", span = "1s", times = 1 }, "sticks" },
  ["a dead node"] = { { effect = "dead", span = "2s", to = 0x72, times = 1 }, "naks" },
  ["a busy node"] = { { effect = "busy", span = "500ms", to = 0x72, times = 1 }, "naks" },
  ["damaged checksums"] = { { effect = "corrupt", place = "data checksum", mask = 1, times = 3 } },
}

for name, trouble in pairs(troubles) do
  test(name, function()
    local b = bmc "twin"
    local bus, first, second = b.chassis:bus(), b.chassis:controller(0xb0), b.chassis:controller(0xb2)
    local fault = bus:fault(trouble[1])
    local done = 0
    for _, node in ipairs { first, second } do
      spawn(function()
        for _ = 1, 4 do node:ask(0x72, 0x06, 0x01) end
        done = done + 1
      end)
    end
    wait_until(function() return done == 2 end, 100, "everything asked has ended")
    expect(fault:struck() >= 1, "it happened")
    fault:disarm()
    sleep(10)
    for _, node in ipairs { first, second } do expect_cc(node:ask(0x72, 0x06, 0x01)) end
    expect_eq(bus:stats().waiting, 0, "nothing waits")
    if trouble[2] and trouble[2] ~= "collisions" then
      expect(bus:stats()[trouble[2]] >= 1, trouble[2] .. " are counted")
    end
  end)
end
