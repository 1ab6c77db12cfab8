-- A frame takes START, nine bits an octet and STOP: at 100 kHz, 10 us a bit, seven
-- octets are (1 + 7 x 9 + 1) x 10 us = 650 us. I2C-bus specification, standard mode.
tags "bus"

test("a request of seven octets is with its receiver after 650 us", function()
  local node = bmc("bench.emu").chassis:controller(0x10)
  sleep(1)
  local reply = expect_cc(node:ask(0x72, 0x06, 0x01))
  local request = trace:expect { link = "ipmb", from = 0x10, to = 0x72 }
  expect_eq(#request.bytes, 7)
  expect_eq(request.instant, 1000000000 + 650000, "when it arrives, in ns")
  local answer = trace:expect { link = "ipmb", from = 0x72, to = 0x10 }
  expect_eq(#answer.bytes, 8 + #reply)
  local span = (2 + 9 * #answer.bytes) * 10000
  expect_eq(answer.instant, request.instant + 4700 + span, "the answer, after the bus-free time")
end)

test("at 400 kHz it takes a quarter of that", function()
  local fast = bmc { name = "fast", emu = "ipmb_speed 400000\nmc_setbmc 0x20\n" ..
                     "mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x3f 32473 1\nmc_enable 0x20\n" }
  local node = fast.chassis:controller(0x10)
  sleep(1)
  expect_cc(node:ask(0x20, 0x06, 0x01))
  expect_eq(trace:expect({ link = "ipmb", from = 0x10 }).instant, 1000000000 + 162500)
end)
