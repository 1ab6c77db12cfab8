-- The language itself: faults.

local function satellite_of(b)
  for _, mc in ipairs(b.chassis:mcs()) do
    if mc ~= b then return mc end
  end
end

test("a lost datagram is repeated, and the fault tells how often it struck", function()
  local b = bmc "server-1u"
  local fault = b:fault { on = "lan", effect = "lose", direction = "to bmc", netfn = 6, cmd = 1, times = 2 }
  local c = b:connect { timeout = "100ms" }
  local from = now()
  expect_cc(c:cmd(6, 1))
  expect_near(now() - from, 0.2, 1e-6, "two repeats, 100 ms apart")
  expect_eq({ fault:matched(), fault:struck() }, { 3, 2 })
  fault:disarm()
  expect_eq({ fault:matched(), fault:struck() }, { 3, 2 })
  expect_error(function() fault:disarm() end, "disarmed already")
end)

test("an answer is delayed by span", function()
  local b = bmc "server-1u"
  local c = b:connect()
  b:fault { on = "lan", effect = "delay", span = "30ms", direction = "from bmc" }
  local from = now()
  expect_cc(c:cmd(6, 1))
  expect_near(now() - from, 0.03, 1e-9)
end)

test("a log-in's messages can be meant by name", function()
  local b = bmc "server-1u"
  local fault = b:fault { on = "lan1", effect = "lose", payload = "rakp 3", times = 1, name = "no RAKP 3" }
  b:connect { timeout = "100ms" }
  expect_eq(fault:struck(), 1)
  trace:expect { "RAKP 3", fate = "lost", why = "no RAKP 3" }
  fault = b:fault { on = "lan", effect = "lose", payload = "open session", direction = "from bmc", times = 1 }
  b:connect { timeout = "100ms" }
  expect_eq(fault:struck(), 1)
  trace:expect { "Open Session Response", fate = "lost" }
end)

test("a window opens after a span and closes again", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "10ms", retries = 0 }
  b:fault { on = "lan", effect = "lose", after = 1, lasting = 1 }
  expect_cc(c:cmd(6, 1))
  sleep(1.5)
  expect_silence(c:cmd(6, 1))
  sleep(1)
  expect_cc(c:cmd(6, 1))
  b:fault { on = "lan", effect = "lose", between = { now() + 1, now() + 2 } }
  expect_cc(c:cmd(6, 1))
  sleep(1.5)
  expect_silence(c:cmd(6, 1))
end)

test("a share of the frames is lost, about as many as it says", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "10ms", retries = 20 }
  local fault = b:fault { on = "lan", effect = "lose", probability = "20%" }
  for _ = 1, 500 do expect_cc(c:cmd(6, 1)) end
  expect_near(fault:struck() / fault:matched(), 0.2, 0.04)
end)

test("bus faults: a damaged checksum is dropped, and sent again", function()
  local b = bmc "twin"
  local sat = satellite_of(b)
  local node = b.chassis:controller(0xb0)
  local fault = b.chassis:bus():fault { effect = "corrupt", place = "header checksum", mask = 1,
                                        to = sat.address, times = 1 }
  expect_cc(node:ask(sat.address, 6, 1))
  expect_eq(fault:struck(), 1)
  local frames = trace:frames { link = "ipmb", to = sat.address, netfn = 6 }
  trace:expect { link = "ipmb", fate = "ignored", why = "checksum" }
  expect(#frames >= 1)
end)

test("bus faults: busy, dead, stuck and babbled on", function()
  local b = bmc "twin"
  local sat = satellite_of(b)
  local node = b.chassis:controller(0xb0)
  local bus = b.chassis:bus()
  bus:fault { effect = "busy", span = "100ms", to = sat.address, times = 1 }
  node:ask(sat.address, 6, 1)
  expect(bus:stats().naks >= 1)
  sleep(1)
  bus:fault { effect = "babble", span = "100ms", times = 1 }
  expect_cc(node:ask(sat.address, 6, 1))
  expect_eq(bus:stats().babbles, 1)
  bus:fault { effect = "stick", count = 9, times = 1, to = sat.address }
  node:ask(sat.address, 6, 1)
  sleep(1)
  expect_cc(node:ask(sat.address, 6, 1))
  expect_eq({ bus:stats().sticks, bus:stats().recoveries }, { 1, 1 })
  bus:fault { effect = "cut", segment = { sat.address } }
  expect_silence(node:ask(sat.address, 6, 1))
end)

test("words arm the same faults", function()
  local b = bmc "server-1u"
  local fault = b:fault "lan lose dir=in netfn=6 cmd=1 times=1"
  expect_cc(b:connect { timeout = "50ms" }:cmd(6, 1))
  expect_eq(fault:struck(), 1)
  expect_error(function() b:fault "lan loose" end, "expected an effect")
  expect_error(function() b:fault "" end, "expected WHERE EFFECT")
end)

test("every word is checked", function()
  local b = bmc "server-1u"
  local function wrong(spec, words) expect_error(function() b:fault(spec) end, words) end
  wrong({ effect = "lose", probabilty = 0.2 }, '"probabilty" for lose; there are after, between, cmd')
  wrong({ effect = "lose", span = 1 }, '"span" for lose')
  wrong({ effect = "loose" }, 'effect = "loose"; expected one of lose, delay')
  wrong({}, "effect = nil")
  wrong({ effect = "lose", on = "lann" }, 'on = "lann"; expected lan, ipmb')
  wrong({ effect = "lose", netfn = 64 }, "netfn = 64; expected a whole number, 0 to 63")
  wrong({ effect = "lose", direction = "in" }, 'expected one of from bmc, to bmc')
  wrong({ effect = "lose", payload = "rakp" }, 'payload = "rakp"; expected one of ipmi')
  wrong({ effect = "lose", probability = 20 }, 'probability = 20; expected a share')
  wrong({ effect = "lose", between = { 2, 1 } }, "ends before it begins")
  wrong({ effect = "nak", on = "lan" }, "contradicts itself")
  wrong({ effect = "delay" }, "contradicts itself")
  wrong({ effect = "cut", segment = { 0x21 } }, "even slave addresses")
  wrong(7, "expected a table, or words")
end)

test("a BMC that is pulled out is silent, and starts afresh when put back", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms", retries = 0 }
  local started
  b:on("reset", "started", function(e) started = e.at end)
  b:pull_out()
  expect_silence(c:cmd(6, 1))
  b:put_back()
  expect_error(function() b:put_back() end, "is not out")
  sleep(1)
  expect(started)
  expect_silence(c:cmd(6, 1), "the old session is forgotten")
  b:connect()
end)

test("the clock of the log jumps", function()
  local b = bmc "server-1u"
  local before = b:cmd(0x0a, 0x48):le(1, 4)
  b:jump_clock(86400)
  expect_eq(b:cmd(0x0a, 0x48):le(1, 4), before + 86400)
  b:jump_clock(-3600)
  expect_eq(b:cmd(0x0a, 0x48):le(1, 4), before + 82800)
end)
