-- A controller that hangs keeps SDA low however often it is clocked; each attempt costs a sender
-- its frame, 25 ms later. When it lets go, the next clocks free the bus.
tags("bus", "stuck")

test("a bus that is stuck for 200 ms refuses all until it is over", function()
  local chassis = bmc("bench.emu").chassis
  local bus, node = chassis:bus(), chassis:controller(0x10)
  bus:fault { effect = "stick", to = 0x72, span = "200ms", times = 1 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "bus error")
  local refused = 0
  local reply = node:ask(0x72, 0x06, 0x01)
  while reply.ended == "bus error" do
    refused = refused + 1
    reply = node:ask(0x72, 0x06, 0x01)
  end
  expect_cc(reply)
  -- The attempts: 25 ms of patience and nine clocks, 25.09 ms each, until 200 ms are over.
  expect_eq(refused, 7)
  local stats = bus:stats()
  expect_eq({ stats.sticks, stats.recoveries, stats.broken }, { 1, refused + 1, refused + 1 })
end)
