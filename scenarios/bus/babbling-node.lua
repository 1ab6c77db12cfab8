-- A node that babbles hogs the wire; nobody else can send, and nobody is told. Frames wait, and
-- go out when it is over.
tags "bus"

test("a frame waits for as long as a node babbles", function()
  local chassis = bmc("bench.emu").chassis
  local bus, node = chassis:bus(), chassis:controller(0x10)
  bus:fault { effect = "babble", span = "80ms", times = 1 }
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(trace:expect({ link = "ipmb", to = 0x72 }).instant, 80000000 + 4700 + 650000)
  trace:expect { link = "note", why = "babbles" }
  local stats = bus:stats()
  expect_eq({ stats.babbles, stats.babble }, { 1, 0.08 })
end)

test("a request that waits for five seconds ends with a bus error", function()
  local chassis = bmc("bench.emu").chassis
  local bus, node = chassis:bus(), chassis:controller(0x10)
  bus:fault { effect = "babble", span = "6s", times = 1 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "bus error")
  expect_near(now(), 5, 1e-6)
  sleep(2)
  expect_cc(node:ask(0x72, 0x06, 0x01), 0x00, "afterwards all is well")
end)
