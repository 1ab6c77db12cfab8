-- Who holds the clock for longer than 35 ms is not waited for: the frame is lost, and its sender
-- knows that the bus did not work. SMBus specification, the clock-low time-out.
tags "bus"

test("a clock that is held for 36 ms ends the request with a bus error", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "stretch", to = 0x72, offset = 0, span = "36ms", times = 1 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "bus error")
  -- START and the address, and 35 ms.
  expect_eq(math.floor(now() * 1e9 + 0.5), 100000 + 35000000)
  expect_eq(chassis:bus():stats().broken, 1)
  trace:expect { link = "ipmb", to = 0x72, fate = "lost", why = "clock was held too long" }
  expect_cc(node:ask(0x72, 0x06, 0x01), 0x00, "the next one gets through")
end)
