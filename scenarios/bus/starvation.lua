-- Arbitration is not fair: while a node with a lower frame always wants to send, a higher one
-- waits, and gives its frame up when it has lost 64 times (this simulator's bound).
tags("bus", "contention")

test("the highest is given up while a lower one has the bus", function()
  local chassis = bmc("bench.emu").chassis
  local function frame(from)
    return packet.message { rs_addr = 0x72, rq_addr = from, netfn = 0x07, cmd = 0x01 }
  end
  local low, high = chassis:controller(0x10), chassis:controller(0x12)
  -- Two frames of 10h are always waiting: the next is ready when one is over.
  for _ = 1, 2 do
    spawn(function()
      for _ = 1, 40 do expect_eq(low:send(frame(0x10)), "sent") end
    end)
  end
  expect_eq(high:send(frame(0x12)), "lost arbitration")
  -- 63 frames of 10h and their rests, and the 64th up to the bit where the two part: START, three
  -- octets, and bit 7 of the fourth (10h and 12h differ in bit 1).
  expect_eq(math.floor(now() * 1e9 + 0.5), 63 * 654700 + (1 + 27 + 7) * 10000)
  sleep(1)
  local stats = chassis:bus():stats()
  expect_eq({ stats.given_up, stats.arbitration_losses }, { 1, 64 })
  trace:expect { link = "ipmb", from = 0x12, fate = "collided", why = "too often" }
end)
