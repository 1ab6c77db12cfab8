-- The log's clock jumps ahead and back, and sessions, timers and record ids do not
-- care: only the times in the records do. IPMI v2.0, 31.10, 31.11.
tags "sel"

test("records are in the order in which they came, whatever their times", function()
  local b = bmc "server-1u"
  local c = b:connect()
  b:sel_clear()
  sleep(2)
  local jumps = { 0, 86400, -172800, 3600, -1, 400000000 }
  for i, jump in ipairs(jumps) do
    b:jump_clock(jump)
    c:sel_add(packet.sel_event { sensor = i })
  end
  local list, times = {}, {}
  for _, entry in ipairs(c:sel()) do
    if entry.sensor_type == 0x12 and entry.generator == 0x41 and entry.sensor <= #jumps then
      list[#list + 1] = entry.sensor
      times[#times + 1] = entry.time
    end
  end
  expect_eq(list, { 1, 2, 3, 4, 5, 6 })
  for i = 2, #jumps do
    expect_near(times[i] - times[i - 1], jumps[i], 1, ("jump %d shows in the log"):format(i))
  end
end)

test("a session times out by the passing of time, not by the clock", function()
  local b = bmc "server-1u"
  local c = b:connect()
  b:jump_clock(86400)
  expect_cc(c:cmd(6, 1), 0x00, "a day later by the clock")
  b:jump_clock(-86400)
  sleep(59)
  expect_cc(c:cmd(6, 1))
end)

test("a watchdog is not set off by the clock", function()
  local b = bmc "server-1u"
  b:watchdog(100, "none")
  b:jump_clock(3600)
  expect_near(b:watchdog_state().left, 100, 1)
end)
