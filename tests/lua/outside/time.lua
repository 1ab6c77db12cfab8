-- Time is real while the outside takes part, and virtual again afterwards.

test("a day passes at once, before and after a program", function()
  bmc "server-1u"
  sleep("24h")
  expect(not is_real())
  run { "sleep", "0.2" }:ok()
  expect(not is_real())
  local at = now()
  expect(at >= 86400.1 and at < 86410, "it is " .. at)
  sleep("24h")
  expect_near(now() - at, 86400, 1e-6)
end)

test("while a program runs the clock is followed", function()
  local p = start { "sleep", "60" }
  expect(is_real())
  local before = now()
  sleep("300ms")
  expect_near(now() - before, 0.3, 0.25)
  p:kill():wait()
  expect(not is_real())
end)

test("who listens makes time real, until no more", function()
  local mc = bmc "server-1u"
  mc:listen()
  expect(is_real())
  mc:unlisten()
  expect(not is_real())
  sleep("1h")
end)

test("a client's port alone does not", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc guid"):ok()
  expect(not is_real())
  sleep("1h")
  mc:ipmitool("mc guid"):ok()
end)

test("sleepers come at their nominal instants in real time as well", { time = "real" }, function()
  local at = now()
  sleep("10ms")
  sleep("20ms")
  expect_near(now() - at, 0.03, 1e-9)
end)

test("in virtual time it stands still while a program is waited for", { time = "virtual" },
     function()
  bmc "server-1u"
  sleep(5)
  local p = start { "sh", "-c", "sleep 0.2; echo hello; sleep 0.1" }
  p:expect("hello")
  expect_eq(now(), 5.0)
  p:wait():ok()
  expect_eq(now(), 5.0)
  local r = run { "sleep", "10", timeout = "100ms" }
  expect(r.timed_out)
  expect_eq(now(), 5.0)
end)

test("and goes on at once when the lab is waited for", { time = "virtual" }, function()
  local p = start { "sleep", "20" }
  sleep("2h")
  expect_eq(now(), 7200.0)
  expect(p:running())
end)

test("the pace can be changed", function()
  time "virtual"
  local p = start { "sleep", "20" }
  sleep("1h")
  time "auto"
  local at = now()
  sleep("50ms")
  expect(now() - at < 5)
  p:kill():wait()
  expect_error(function() time "slow" end, "expected auto, real or virtual")
end)

test("a session of the lab's own works beside real programs", function()
  local mc = bmc "server-1u"
  local p = start { "sleep", "30" }
  local session = mc:connect()
  for _ = 1, 20 do expect_cc(session:cmd(6, 1)) end
  session:close()
  p:kill()
end)
