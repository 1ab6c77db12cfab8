-- A controller with room for one message refuses the next until it has worked the first off; who
-- was refused tries again, and nothing is lost.
tags "bus"

test("a second request finds the receive buffer full, and gets through later", function()
  local chassis = bmc("bench.emu").chassis
  local bus = chassis:bus()
  local one, two = chassis:controller(0x10), chassis:controller(0x12)
  -- Room for one, 5 ms for each; what comes then is refused at the second octet.
  bus:manner(0x72, { frames = 1, processing = "5ms", refuse_at = 1 })
  local done = {}
  spawn(function() expect_cc(one:ask(0x72, 0x06, 0x01)); done[1] = now() end)
  spawn(function() expect_cc(two:ask(0x72, 0x06, 0x01)); done[2] = now() end)
  wait_until(function() return done[1] and done[2] end)
  expect_eq(bus:stats().data_naks, 1)
  trace:expect { link = "ipmb", from = 0x12, fate = "NAKed", why = "receive buffer is full" }
  expect(done[1] < 0.01 and done[2] > 0.06, "the second waited for 60 ms")
end)

test("a frame that is longer than the buffer never gets in", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():manner(0x72, { octets = 16 })
  expect_cc(node:ask(0x72, 0x06, 0x01), 0x00, "seven octets fit")
  expect_cc(node:ask(0x72, 0x30, 0x01, ("\0"):rep(9)), 0xc1, "sixteen fit as well")
  expect_eq(node:ask(0x72, 0x30, 0x01, ("\0"):rep(10)).ended, "not acknowledged")
  trace:expect { link = "ipmb", to = 0x72, fate = "NAKed", why = "longer than the receive buffer" }
end)
