-- Get SEL Info counts what is there, and says what can be done with the log.
-- IPMI v2.0, 31.2.
tags "sel"

test("the log has as many records as it says", function()
  local session = target():connect()
  local info = session:sel_info()
  expect(info.version == 0x51 or info.version == 0x02,
         "the version is that of IPMI 1.5 or 2.0")
  expect_eq(#session:sel(), info.entries, "the records are as many as the count")
end)

test("what it says can be done can be done", function()
  local session = target():connect()
  local support = session:sel_info().support
  local commands = { [0] = { 0x41, "", "Get SEL Allocation Info" }, { 0x42, "", "Reserve SEL" } }
  for bit, c in pairs(commands) do
    local reply = session:cmd(0x0a, c[1], c[2])
    if support >> bit & 1 == 1 then expect_cc(reply, 0x00, c[3]) else expect_refused(reply, c[3]) end
  end
end)

test("a record more is one more, and takes room", { writes = true }, function()
  local session = target():connect()
  local before = session:sel_info()
  session:sel_add(packet.sel_event { sensor = 0x50 })
  local after = session:sel_info()
  expect_eq(after.entries, before.entries + 1, "entries")
  expect(after.free < before.free or before.free == 0xffff, "there is less room")
  expect(after.added >= before.added or before.added == 0xffffffff,
         "the last addition's time")
end)
