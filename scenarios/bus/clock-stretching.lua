-- A slow controller holds the clock low after each octet; the sender waits for it, and the frame
-- takes so much longer. I2C-bus specification, clock stretching.
tags "bus"

test("100 us after each of seven octets make 700 us more", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():manner(0x72, { stretch = "100us" })
  local reply = expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(trace:expect({ link = "ipmb", to = 0x72 }).instant, 650000 + 7 * 100000)
  -- The slow one is as slow when it sends.
  local octets = 8 + #reply
  local answer = trace:expect { link = "ipmb", from = 0x72 }
  expect_eq(answer.instant, 1350000 + 4700 + (2 + 9 * octets) * 10000 + octets * 100000)
end)

test("both ends slow: the slower one counts", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():manner(0x72, { stretch = "100us" })
  chassis:bus():manner(0x10, { stretch = "30us" })
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(trace:expect({ link = "ipmb", to = 0x72 }).instant, 650000 + 7 * 100000)
end)

test("a fault holds the clock once, after one octet", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "stretch", to = 0x72, offset = 3, span = "5ms", times = 1 }
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(trace:expect({ link = "ipmb", to = 0x72 }).instant, 650000 + 5000000)
end)
