-- The language itself: functions that answer commands, and those that listen.

local function lone()
  return bmc "server-1u"
end

test("a new command is answered by a function", function()
  local b = lone()
  b:command(0x30, 0x77, function(request)
    return 0x00, "<" .. request.data .. ">"
  end)
  local r = expect_cc(b:cmd(0x30, 0x77, "abc"))
  expect_eq(r.data, "<abc>")
end)

test("the function is told who asks", function()
  local b = lone()
  local seen
  b:command(0x30, 0x77, function(request) seen = request; return 0 end)
  local c = b:connect()
  expect_cc(c:cmd(0x30, 0x77, { 1, 2 }))
  expect_eq({ seen.netfn, seen.cmd, seen.lun, seen.channel, seen.privilege, seen.data },
            { 0x30, 0x77, 0, 1, 4, "\1\2" })
  expect(seen.session ~= 0 and seen.user ~= 0)
  b:cmd(0x30, 0x77)
  expect_eq({ seen.channel, seen.privilege, seen.session }, { 15, 14, 0 })
end)

test("a function wraps the original and changes its answer", function()
  local b = lone()
  local before = b:device_id().product
  b:command(0x06, 0x01, function(request)
    local reply = request.original()
    return reply.cc, reply.data:sub(1, 9) .. "\xad\xde" .. reply.data:sub(12)
  end)
  expect_eq(b:device_id().product, 0xdead)
  expect_ne(before, 0xdead)
end)

test("functions stand above each other, and each can be taken away", function()
  local b = lone()
  local low = b:command(0x30, 1, function() return 0, "low" end)
  local high = b:command(0x30, 1, function(request)
    return 0, "high over " .. request:original().data
  end)
  expect_eq(b:cmd(0x30, 1).data, "high over low")
  low:remove()
  expect_eq(b:cmd(0x30, 1).data, "high over ")
  high:remove()
  expect_cc(b:cmd(0x30, 1), 0xc1)
  expect_error(function() high:remove() end, "removed already")
end)

test("an original is refused what the gate refuses", function()
  local b = lone()
  local cc
  b:command(0x06, 0x01, function(request)
    cc = request.original({ 1, 2, 3 }).cc
    return 0
  end)
  expect_cc(b:cmd(0x06, 0x01))
  expect_eq(cc, 0xc7)
end)

test("no answer is no answer", function()
  local b = lone()
  b:command(0x30, 1, function() end)
  local c = b:connect { timeout = "100ms", retries = 0 }
  expect_silence(c:cmd(0x30, 1))
end)

test("an answer comes later, to the instant", function()
  local b = lone()
  b:command(0x30, 1, function() return later("250ms", 0xc0, { 7 }) end)
  local from = now()
  local r = b:cmd(0x30, 1)
  expect_eq({ r.cc, r[1] }, { 0xc0, 7 })
  expect_near(now() - from, 0.25, 1e-9)
end)

test("a reset forgets answers under way", function()
  local b = lone()
  local count = 0
  b:on("command", { what = "answered", cmd = 0x55 }, function() count = count + 1 end)
  b:command(0x30, 0x55, function() return later(2) end)
  spawn(function() b:cmd(0x30, 0x55) end)
  sleep(1)
  b:reset()
  sleep(5)
  expect_eq(count, 0)
end)

test("manufacturers and groups are told apart, and stand before the answer", function()
  local b = lone()
  b:command(0x2e, 0x05, { iana = 0x1234 }, function(request) return 0, request.data .. "!" end)
  b:command(0x2c, 0x05, { group = 0x55 }, function() return later("10ms", 0, "group") end)
  expect_eq(b:cmd(0x2e, 0x05, hex "34 12 00 61").data, hex "34 12 00 61 21")
  expect_cc(b:cmd(0x2e, 0x05, hex "35 12 00 61"), 0xc1)
  expect_eq(b:cmd(0x2c, 0x05, hex "55").data, "\x55group")
end)

test("privilege and length are the gate's", function()
  local b = lone()
  b:command(0x30, 1, { privilege = "admin", length = 2 }, function() return 0 end)
  local user = b:connect { privilege = "user", name_only = true }
  expect_cc(user:cmd(0x30, 1, { 1, 2 }), 0xd4)
  expect_cc(b:cmd(0x30, 1, { 1 }), 0xc7)
  expect_cc(b:cmd(0x30, 1, { 1, 2 }))
end)

test("a replaced command keeps its privilege", function()
  local b = lone()
  b:command(0x06, 0x02, function() return 0 end)
  local user = b:connect { privilege = "user", name_only = true }
  expect_cc(user:cmd(0x06, 0x02), 0xd4)
end)

test("a function acts on its own chassis at once", function()
  local b = lone()
  b:command(0x30, 1, function()
    b:sensor("CPU1 Temp"):set(60)
    b.chassis.host:power("off")
    return 0, "done"
  end)
  expect_eq(b:connect():cmd(0x30, 1).data, "done")
  expect_near(b:sensor("CPU1 Temp"):value(), 60, 1)
  sleep(1)
  expect_eq(b.chassis.host:state(), "off")
end)

test("a function may spawn a task that asks", function()
  local b, id = lone(), nil
  b:command(0x30, 1, function()
    spawn(function() id = b:device_id() end)
    return 0
  end)
  b:cmd(0x30, 1)
  wait_until(function() return id end, 1)
end)

test("wrong answers of functions are errors of the scenario", function()
  xfail("the function gives what is no completion code")
  local b = lone()
  b:command(0x30, 1, function() return "yes" end)
  b:cmd(0x30, 1)
end)

test("a chassis answers at all of its controllers", function()
  local b = bmc "twin"
  local n = 0
  local hook = b.chassis:command(0x30, 9, function() n = n + 1; return 0 end)
  for _, mc in ipairs(b.chassis:mcs()) do expect_cc(mc:cmd(0x30, 9)) end
  expect(n >= 2 and n == #b.chassis:mcs())
  hook:remove()
  expect_cc(b:cmd(0x30, 9), 0xc1)
end)

test("answer() strikes as often as it is told", function()
  local b = lone()
  local other = b:answer(0x06, 0x01, { cc = 0xc0, times = 2 })
  expect_eq({ b:cmd(6, 1).cc, b:cmd(6, 1).cc, b:cmd(6, 1).cc }, { 0xc0, 0xc0, 0 })
  expect_eq({ other:asked(), other:struck() }, { 3, 2 })
  other:remove()
  other = b:answer(0x06, 0x01, { cc = 0xc0, every = 3, skip = 1 })
  local ccs = {}
  for i = 1, 7 do ccs[i] = b:cmd(6, 1).cc end
  expect_eq(ccs, { 0, 0, 0, 0xc0, 0, 0, 0xc0 })
end)

test("answer() delays, and is silent", function()
  local b = lone()
  local slow = b:answer(0x06, 0x01, { after = "200ms" })
  local from = now()
  expect_cc(b:cmd(6, 1))
  expect_near(now() - from, 0.2, 1e-9)
  slow:remove()
  b:answer(0x06, 0x01, { silent = true })
  local c = b:connect { timeout = "100ms", retries = 0 }
  expect_silence(c:cmd(6, 1))
end)

test("a controller is made of functions", function()
  local b = lone()
  local node = b.chassis:controller(0xb0, {
    ["06 01"] = function() return 0, hex "20 01 01 00 02 00 aa bb 00 01 02" end,
    ["30 02"] = function(request) return later("5ms", 0, request.data .. request.data) end,
  })
  local c = b:connect()
  -- Send Message, tracked, to the IPMB.
  expect_cc(c:cmd(0x06, 0x34, hex "40 b0 18 38 20 10 01 cf"))
  trace:expect { "Get Device ID", link = "ipmb", answer = true, from = 0xb0, cc = 0, within = 1 }
  expect_cc(c:cmd(0x06, 0x34, hex "40 b0 c0 90 20 14 02 07 c3"))
  trace:expect { link = "ipmb", netfn = 0x31, cmd = 2, from = 0xb0, within = 1 }
  expect_cc(c:cmd(0x06, 0x34, hex "40 b0 c0 90 20 18 03 c5"))
  trace:expect { link = "ipmb", netfn = 0x31, cmd = 3, cc = 0xc1, within = 1 }
  local reply = node:ask(0x20, 0x06, 0x01)
  expect_cc(reply)
  expect_eq(#reply.data, 15)
  expect_cc(node:ask(0x20, 0x30, 0x7e), 0xc1)
  node:remove()
  expect_error(function() node:ask(0x20, 6, 1) end, "was removed")
end)
