-- A satellite falls off the bus while the BMC's bridge waits for it, and comes back:
-- who asked is told in time, and asks again. (bridge-timeout, ipmb-nak)
tags("bus", "bridge")

local function ask(console)
  return console:cmd(0x06, 0x34, "\x40" .. packet.message { rs_addr = 0x72, rq_addr = 0x20 })
end

test("its segment is cut, and joined again", function()
  local b = bmc "twin"
  local c = b:connect { timeout = 10 }
  expect_cc(ask(c))
  local cut = b.chassis:bus():fault { effect = "cut", segment = { 0x72 } }
  expect_cc(ask(c), 0x83)
  cut:disarm()
  expect_cc(ask(c))
end)

test("it is pulled out between the request and its answer", function()
  local b = bmc "twin"
  local c = b:connect { timeout = 10 }
  b.chassis:mc(0x72):answer(0x06, 0x01, { after = "200ms" })
  at(now() + 0.1, function() b.chassis:remove(0x72) end)
  ask(c)
  sleep(10)
  local stats = b:stats()
  expect_eq(stats.bridged, stats.bridge_answered + stats.bridge_expired, "the bridge has let go")
  b.chassis:insert(0x72)
  sleep(5)
  expect_cc(ask(c))
end)
