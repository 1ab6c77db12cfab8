-- The language itself: claims about what crossed the links.

test("a log-in is seen from its beginning, in its order", function()
  bmc("server-1u"):connect()
  local frames = trace:order { "Get Channel Authentication Capabilities", "Open Session Request",
                               "Open Session Response", "RAKP 1", "rakp 2", "RAKP 3", "RAKP 4" }
  expect_eq(frames[2].direction, "to bmc")
  expect_eq(frames[3].direction, "from bmc")
  expect_eq(frames[4].payload, "rakp 1")
  expect_eq(trace:count { "RAKP 2" }, 1)
end)

test("encrypted packets are known by their decrypted copies", function()
  local c = bmc("server-1u"):connect()
  local mark = trace:mark()
  c:cmd(0x0a, 0x48)
  local both = trace:frames { link = "lan", netfn = 0x0a, cmd = 0x48, since = mark }
  expect_eq(#both, 2)
  expect(both[1].encrypted and not both[1].answer and both[2].answer)
  expect_eq({ both[2].name, both[2].cc, #both[2].data }, { "Get SEL Time", 0, 4 })
  expect_eq(trace:count { link = "lan", netfn = 0x0b, cmd = 0x48, since = mark }, 1)
  expect_eq(trace:count { "Get SEL Time", answer = false, since = mark }, 1)
  expect_eq(trace:count { link = "clear", since = mark }, 2)
end)

test("IPMI 1.5 is known as well", function()
  local c = bmc("server-1u"):connect { lan15 = "md5" }
  c:cmd(6, 1)
  trace:order { "Get Session Challenge", "Activate Session", { "Get Device ID", answer = true, cc = 0 } }
end)

test("a frame is waited for", function()
  local b = bmc "server-1u"
  local c = b:connect()
  at(now() + 1, function() c:cmd(6, 1) end)
  local frame = trace:wait({ "Get Device ID", direction = "to bmc" }, 2)
  expect_near(frame.at, now(), 1e-9)
  spawn(function() sleep(1); c:cmd(0, 1) end)
  trace:expect { "Get Chassis Status", answer = true, within = "1500ms" }
end)

test("a datagram that is dropped has that fate, and why", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms", retries = 0 }
  b:fault { on = "lan", effect = "corrupt", direction = "to bmc", offset = 30, mask = 0xff }
  expect_silence(c:cmd(6, 1))
  local frame = trace:expect { link = "lan", fate = "ignored", why = "AuthCode" }
  expect_eq(frame.direction, "to bmc")
end)

test("claims that do not hold fail with what there was", function()
  xfail("no frame was lost")
  bmc("server-1u"):connect()
  trace:expect { "RAKP 2", fate = "lost" }
end)

test("none() holds, and fails", function()
  bmc("server-1u"):connect()
  trace:none { "RAKP 2", fate = "lost" }
  trace:none { link = "ipmb", after = 0, before = 0 }
  xfail("there is one")
  trace:none "RAKP 2"
end)

test("order() fails out of order", function()
  bmc("server-1u"):connect()
  xfail("they came the other way round")
  trace:order { "RAKP 4", "RAKP 1" }
end)

test("misspelt words are errors that list the known ones", function()
  expect_error(function() trace:frames { cmmd = 1 } end, '"cmmd"; there are after, answer, before, cc')
  expect_error(function() trace:frames { link = "lam" } end, 'expected one of clear, icmb, ipmb, lan')
  expect_error(function() trace:frames { fate = "gone" } end, "no such fate")
  expect_error(function() trace:frames { direction = "in" } end, "from bmc")
  expect_error(function() trace:frames { netfn = "6" } end, "whole number")
end)

test("a trace is kept in the folder of --traces alone", function()
  bmc("server-1u"):connect()
  expect_error(function() trace:save "../x.pcapng" end, "folder")
  expect_error(function() trace:save "/tmp/x.pcapng" end, "folder")
end)
