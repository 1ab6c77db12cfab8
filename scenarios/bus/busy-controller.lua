-- A busy controller does not acknowledge its address. For who asks that is as if it were absent;
-- when it is free it answers again. IPMB v1.0, Intel's platform management FRU notes.
tags "bus"

test("a controller that is busy for 100 ms is refused by the wire, then answers", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():manner(0x72, { busy = "100ms" })
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  sleep("50ms")
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  sleep("50ms")
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_eq(chassis:bus():stats().naks, 2)
  expect_cc(node:ask(0x74, 0x06, 0x01), 0x00, "its neighbour was never busy")
end)

test("one that holds the clock while it is busy is waited for", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():manner(0x72, { busy = "20ms", busy_holds = true })
  expect_cc(node:ask(0x72, 0x06, 0x01))
  -- The clock is low from the end of the address (100 us) until 20 ms; then six octets and STOP.
  local request = trace:expect { link = "ipmb", to = 0x72 }
  expect_eq(request.instant, 20000000 + (6 * 9 + 1) * 10000)
  expect_eq(chassis:bus():stats().naks, 0)
end)
