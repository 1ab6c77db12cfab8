-- An address that nobody has is not acknowledged: START, nine bits, STOP, 110 us at 100 kHz. The
-- sender knows at once and does not try again. I2C-bus specification; IPMI v2.0, 22.7.
tags "bus"

test("a request to an absent address ends after 110 us", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  local reply = node:ask(0x7a, 0x06, 0x01)
  expect_eq(reply.ended, "not acknowledged")
  expect_eq(math.floor(now() * 1e9 + 0.5), 110000)
  sleep(1)
  local stats = chassis:bus():stats()
  expect_eq({ stats.queued, stats.naks, stats.retries }, { 1, 1, 0 })
  trace:expect { link = "ipmb", to = 0x7a, fate = "NAKed", why = "nobody" }
end)
