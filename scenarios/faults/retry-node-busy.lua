-- C0h, node busy, means: try again. A correct console does, with a pause, and the
-- BMC takes what it then sends for a new try. (c0-node-busy) IPMI v2.0, 5.2.
tags "retry"

-- As a correct client does it.
local function ask(console, netfn, cmd, data)
  for try = 1, 10 do
    local reply = console:cmd(netfn, cmd, data)
    if reply.cc ~= 0xc0 then return reply end
    sleep(0.1 * try)
  end
end

test("a BMC that is busy twice does it at the third try, once", function()
  local b = bmc "server-1u"
  b:answer(0x0a, 0x44, { cc = 0xc0, times = 2 })
  local c, before = b:connect(), b:sel_info().entries
  expect_cc(ask(c, 0x0a, 0x44, packet.sel_event {}))
  expect_eq(b:sel_info().entries, before + 1)
end)

test("C0h is not kept: the same packet again is a new try", function()
  local b = bmc "server-1u"
  b:answer(0x0a, 0x44, { cc = 0xc0, times = 1 })
  local session = b:wire():session()
  local message = session:message { netfn = 0x0a, cmd = 0x44, data = packet.sel_event {} }
  local ccs = {}
  for i = 1, 3 do
    session.wire:send(session:packet(message))
    local fields = packet.parse(session.wire:receive())
    ccs[i] = packet.parse_message(session:payload(fields)).cc
  end
  expect_eq(ccs, { 0xc0, 0x00, 0x00 }, "busy, done, and answered as before")
end)

test("a log-in that finds the BMC busy is refused, and the next one is not", function()
  local b = bmc "server-1u"
  b:answer(0x06, 0x3b, { cc = 0xc0, times = 1 })
  local c = b:console()
  local ok, why = c:try_open()
  expect(not ok)
  expect_match(why, "Set Session Privilege Level")
  expect(c:try_open(), "the second log-in")
  expect_eq(c:device_id().ipmi, "2.0")
end)
