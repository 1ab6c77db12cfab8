-- A controller that keeps SDA low after a glitch stops the bus. Who wants to send sees that for
-- 25 ms, gives nine clocks and STOP, and the bus is free. I2C-bus specification, bus clear.
tags("bus", "stuck")

test("nine clocks free the bus", function()
  local chassis = bmc("bench.emu").chassis
  local bus, node = chassis:bus(), chassis:controller(0x10)
  bus:fault { effect = "stick", to = 0x72, count = 9, times = 1 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "bus error", "the frame in which it happened")
  local stuck = 100000                          -- START and the address
  expect_eq(math.floor(now() * 1e9 + 0.5), stuck)
  sleep("1s")
  expect_eq(bus:stats().recoveries, 0, "nobody tries until somebody wants to send")
  expect_cc(node:ask(0x72, 0x06, 0x01))
  -- Wanted at 1.0001 s: 25 ms of patience, nine clocks, STOP, bus-free time, seven octets.
  local request = trace:expect { link = "ipmb", to = 0x72, fate = "delivered" }
  expect_eq(request.instant, 1000100000 + 25000000 + 90000 + 10000 + 4700 + 650000)
  local stats = bus:stats()
  expect_eq({ stats.sticks, stats.recoveries, stats.broken }, { 1, 1, 1 })
  expect_near(stats.stuck, 1.0251, 1e-9, "for how long it was stuck")
  trace:order { { link = "note", why = "stuck low" }, { link = "note", why = "free again" } }
end)

test("the BMC's self test finds it, while it lasts", function()
  local b = bmc("bench.emu")
  local bus, node = b.chassis:bus(), b.chassis:controller(0x10)
  local function result() return expect_cc(b:cmd(0x06, 0x04)).data end
  expect_eq(result(), "\x55\x00", "all is well")
  bus:fault { effect = "stick", to = 0x72, count = 9, times = 1 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "bus error")
  expect_eq(result(), "\x57\x10", "the IPMB's lines do not respond. IPMI v2.0, 20.4")
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(result(), "\x55\x00", "free again")
end)
