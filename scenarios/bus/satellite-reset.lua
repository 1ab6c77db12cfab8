-- A cold reset of a satellite: it is not there for a while, forgets what is volatile, and the rest of
-- the bus does not notice. IPMI v2.0, 20.2.
tags("bus", "presence")

test("a satellite answers its reset, is away, and comes back", function()
  local chassis = bmc("twin").chassis
  local node, started = chassis:controller(0x10), nil
  chassis:mc(0x72):on("reset", "started", function(e) started = e.at end)
  expect_cc(node:ask(0x72, 0x06, 0x02), 0x00, "the reset itself is answered")
  local away = 0
  while not started do
    if node:ask(0x72, 0x06, 0x01).ended ~= "answered" then away = away + 1 end
    expect_cc(node:ask(0x74, 0x06, 0x01), 0x00, "its neighbour")
    sleep("20ms")
  end
  expect(away > 0, "it did not answer while it started")
  expect_cc(node:ask(0x72, 0x06, 0x01))
end)

test("a request under way is forgotten by the reset, and times out", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:mc(0x72):command(0x30, 0x01, function() return later("100ms", 0) end)
  local reply
  spawn(function() reply = node:ask(0x72, 0x30, 0x01, nil, { resends = 0 }) end)
  sleep("50ms")
  chassis:reset(0x72)
  wait_until(function() return reply end, 1)
  expect_eq(reply.ended, "timed out")
end)
