-- A later octet that is not acknowledged means: somebody is there, but has no room. The frame
-- ends there, and is sent again after a pause, as often as any. I2C-bus specification.
tags "bus"

test("octet 4 is refused once, and the request comes again 60 ms later", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "nak", to = 0x72, offset = 4, times = 1 }
  expect_cc(node:ask(0x72, 0x06, 0x01))
  local frames = trace:frames { link = "ipmb", to = 0x72 }
  -- START, five octets, STOP: 470 us. Then the pause, then all of it.
  expect_eq({ frames[1].fate, frames[1].instant }, { "NAKed", 470000 })
  expect_eq({ frames[2].fate, frames[2].instant }, { "delivered", 470000 + 60000000 + 650000 })
  expect_eq(frames[2].bytes, frames[1].bytes, "octet for octet the same")
  local stats = chassis:bus():stats()
  expect_eq({ stats.data_naks, stats.naks, stats.retries }, { 1, 0, 1 })
end)

test("when every sending is refused so, the request ends as not acknowledged", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "nak", to = 0x72, offset = 6 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  expect_eq(chassis:bus():stats().data_naks, 4, "once and three times more")
end)
