-- The language itself: buses, satellites, hosts, and who listens to them.

test("the bus counts what it carries", function()
  local b = bmc "twin"
  local node = b.chassis:controller(0xb0)
  local before = b.chassis:bus():stats()
  expect_cc(node:ask(0x20, 6, 1))
  local after = b.chassis:bus():stats()
  expect_eq(after.frames - before.frames, 2)
  expect_eq(after.fates.delivered - before.fates.delivered, 2)
  expect(after.busy > before.busy and after.utilisation < 1)
  expect_eq(b.chassis:bus():node(0xb0).frames_sent, 1)
  expect(b:stats().port.requests >= 1)
  expect_error(function() b.chassis:bus(1) end, "no bus 1")
  expect_error(function() b.chassis:bus():node(0xb2) end, "nobody is at B2h")
end)

test("nodes send frames as they are, and say how a request ended", function()
  local b = bmc "twin"
  local node = b.chassis:controller(0xb0)
  local frame = packet.message { rs_addr = 0x72, rq_addr = 0xb0, netfn = 6, cmd = 1 }
  expect_eq(node:send(frame), "sent")
  expect_eq(node:send("\xbe" .. frame:sub(2)), "not acknowledged")
  expect_eq(node:ask(0x72, 6, 1).ended, "answered")
  expect_eq(node:ask(0xbe, 6, 1).ended, "not acknowledged")
  expect_eq(node:ask(0x72, 6, 1, nil, { broadcast = true }).ended, "answered")
  expect_error(function() node:ask(0x72, 6, 1, nil, { lum = 1 }) end, "there are broadcast, lun")
  b:fault { on = "ipmb", effect = "lose", to = 0x72 }
  expect_eq(node:ask(0x72, 6, 1, nil, { resends = 0 }).ended, "timed out")
  expect_near(now(), 0.26, 0.02)
end)

test("a controller can be a slow receiver", function()
  local b = bmc "twin"
  local bus, node = b.chassis:bus(), b.chassis:controller(0xb0)
  bus:manner(0x72, { busy = 1 })
  expect_eq(node:ask(0x72, 6, 1).ended, "not acknowledged")
  bus:manner(0x72, {})
  expect_cc(node:ask(0x72, 6, 1))
  expect_error(function() bus:manner(0x72, { stretched = 1 }) end, "processing, refuse_at, stretch")
  expect_error(function() bus:manner(0xbe, {}) end, "nobody has that address")
end)

test("a machine can be described in the scenario", function()
  local text = "mc_setbmc 0x20\nmc_add 0x20 0x77 no-device-sdrs 1 1 0 0x3f 32473 1\nmc_enable 0x20\n"
  expect_eq(bmc({ emu = text }):device_id().id, 0x77)
  expect_ne(bmc({ emu = text }).chassis, bmc({ emu = text }).chassis)
  expect_error(function() bmc { emu = "mc_addd 0x20" } end, "machine.emu:1")
  expect_error(function() bmc { emy = "" } end, "a machine has name, emu, conf")
end)

test("a LAN counts what it drops, by reason", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms", retries = 0 }
  b:fault { on = "lan", effect = "corrupt", direction = "to bmc", offset = 30, mask = 0xff, times = 1 }
  c:cmd(6, 1)
  local stats = b:lan():stats()
  expect_eq(stats.dropped["AuthCode is wrong"], 1)
  expect_eq({ stats.logins, stats.sessions }, { 1, 1 })
  expect_eq(stats.incoming.corrupted, 1)
  expect_error(function() b:lan(3) end, "no such LAN")
end)

test("satellites are pulled out and put in, with the chassis' functions", function()
  local b = bmc "twin"
  local address
  for _, mc in ipairs(b.chassis:mcs()) do
    if mc ~= b then address = mc.address end
  end
  local sat = b.chassis:mc(address)
  b.chassis:command(0x30, 5, function() return 0, "here" end)
  local own = sat:command(0x30, 6, function() return 0 end)
  expect_eq(sat:cmd(0x30, 5).data, "here")
  sat:pull_out()
  expect_error(function() sat:cmd(6, 1) end, "no controller")
  expect_error(function() b.chassis:remove(address) end, "no such controller")
  local again = b.chassis:insert(address)
  expect_eq(again:cmd(0x30, 5).data, "here")
  expect_cc(again:cmd(0x30, 6), 0xc1, "a fresh one has no functions of its own")
  own:remove()
  expect_error(function() b.chassis:insert(address) end, "there already")
  expect_error(function() b.chassis:remove(0x20) end, "cannot be done")
  b.chassis:power(address, false)
  local node = b.chassis:controller(0xb0)
  expect_silence(node:ask(address, 6, 1))
  b.chassis:power(address, true)
  sleep(1)
  expect_cc(node:ask(address, 6, 1))
end)

test("a host is switched, boots and tells of it", function()
  local b = bmc "server-1u"
  local host = b.chassis.host
  local told = {}
  b.chassis:on("power", function(e) told[#told + 1] = e.what end)
  on("boot", "post", function(e) told.codes = (told.codes or 0) + 1; told.last = e.code end)
  on("boot", "booted", function(e) told.booted = e.at end)
  host:power("off")
  host:wait("off", 5)
  expect_eq(host:stage(), "nothing")
  host:power("on", "power button")
  host:wait("post")
  host:wait("os")
  sleep(0.1)
  expect_eq({ told[1], told[2] }, { "off", "on" })
  expect(told.codes > 5 and told.last == 0x13 and told.booted)
  expect(host:is_on())
  expect_error(function() host:power("up") end, "up")
end)

test("somebody at the host's serial port sees it boot, and logs in", function()
  local b = bmc "server-1u"
  local host = b.chassis.host
  local t = host:terminal()
  expect_error(function() host:terminal() end, "somebody is at")
  t:expect("login:", 5)
  t:type("root\n")
  t:expect("[Pp]assword", 5)
  t:type("x\n")
  t:expect("[#$] ", 5)
  t:type("echo hello there\n")
  t:expect("\nhello there", 5)
  t:close()
  expect_error(function() t:read() end, "was closed")
  host:terminal():close()
end)

test("sessions tell of their beginning, their end, and of who was not let in", function()
  local b = bmc "server-1u"
  local told = {}
  on("session", function(e) told[#told + 1] = e.what .. (e.why and ": " .. e.why or "") end)
  local c = b:connect()
  c:close()
  b:console { password = "wrong" }:try_open()
  b:console { user = "nobody" }:try_open()
  b:console { password = "wrong", lan15 = "md5", timeout = "100ms" }:try_open()
  b:connect()
  sleep(70)
  expect_eq({ told[1], told[2], told[3] }, { "opened", "closed: closed", "refused: wrong password" })
  expect_match(told[4], "refused: .*name")
  expect_eq(told[5], "refused: wrong password")
  expect_eq(told[#told], "closed: timed out")
end)

test("the log and the watchdog tell", function()
  local b = bmc "server-1u"
  local records, dog = {}, {}
  b:on("sel", function(e) records[#records + 1] = e.record end)
  b:on("watchdog", function(e) dog[#dog + 1] = { e.what, e.at } end)
  b:watchdog(10, "reset", { pretimeout = 3, interrupt = 2 })
  sleep(11)
  expect_eq({ dog[1][1], dog[2][1] }, { "pretimeout", "expired" })
  expect_near(dog[1][2], 7, 1e-6)
  expect_near(dog[2][2], 10, 1e-6)
  expect(#records >= 2)
  expect_eq(#records[1], 16)
end)

test("listeners may sleep and ask, and can be removed", function()
  local b = bmc "server-1u"
  local ids, n = {}, 0
  local listener
  listener = b:on("sel", function()
    n = n + 1
    sleep(1)
    ids[#ids + 1] = b:device_id().id
  end)
  b:sel_add(hex "00 00 c0" .. ("\0"):rep(13))
  sleep(2)
  expect_eq({ n, #ids }, { 1, 1 })
  listener:remove()
  b:sel_add(hex "00 00 c0" .. ("\0"):rep(13))
  sleep(2)
  expect_eq(n, 1)
  expect_error(function() listener:remove() end, "removed already")
  expect_error(function() on("lunch", function() end) end, "there are power, boot, session")
end)

test("commands are told before and after, whoever asks", function()
  local b = bmc "server-1u"
  local told = {}
  b:on("command", { netfn = 6, cmd = 1 }, function(e) told[#told + 1] = { e.what, e.channel, e.cc } end)
  b:cmd(6, 1)
  b:connect():cmd(6, 1)
  sleep(0)
  expect_eq(told, { { "asked", 15 }, { "answered", 15, 0 }, { "asked", 1 }, { "answered", 1, 0 } })
end)

test("resets tell, cold and warm", function()
  local b = bmc "server-1u"
  local told = {}
  b:on("reset", function(e) told[#told + 1] = e.what end)
  b:reset "cold"
  sleep(1)
  b:reset "warm"
  sleep(1)
  expect_eq(told, { "cold", "started", "warm" })
  expect_error(function() b:reset "hot" end, "cold or warm")
end)
