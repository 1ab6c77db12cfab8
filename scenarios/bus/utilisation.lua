-- How much of the time the wire is in use: frames of 650 us every 10 ms are 6.5 %. That tells whether a
-- bus is near its end before requests time out.
tags("bus", "statistics")

test("a frame each 10 ms uses 6.5 % of the bus", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  local frame = packet.message { rs_addr = 0x72, rq_addr = 0x10, netfn = 0x07, cmd = 0x01 }
  every("10ms", function() node:send(frame) end)
  sleep(10.005)
  local stats = chassis:bus():stats()
  expect_eq(stats.frames, 1000)
  expect_near(stats.busy, 1000 * 650e-6, 1e-9)
  expect_near(stats.utilisation, 0.065, 0.0001)
end)

test("a bus that is asked for more than there is is used almost all the time", function()
  local chassis = bmc("bench.emu").chassis
  local frame = packet.message { rs_addr = 0x72, rq_addr = 0x10, netfn = 0x07, cmd = 0x01 }
  local node = chassis:controller(0x10)
  for _ = 1, 2 do spawn(function() while true do node:send(frame) end end) end
  sleep(5)
  -- All but the bus-free time: 650 of 654.7 us.
  expect_near(chassis:bus():stats().utilisation, 650 / 654.7, 0.0002)
end)

test("an idle bus is not used", function()
  local chassis = bmc("bench.emu").chassis
  sleep("1h")
  local stats = chassis:bus():stats()
  expect_eq({ stats.queued, stats.utilisation }, { 0, 0.0 })
end)
