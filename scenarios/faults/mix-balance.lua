-- Whatever befalls a network, what was sent is accounted for: of the datagrams in
-- each direction, so many were delivered, damaged, cut, late or lost. The channel
-- counts all that it sends, and what reaches it: not what is lost, twice what is doubled.
tags "mix"

local effects = {
  { effect = "lose" }, { effect = "duplicate", count = 2, span = "20ms" },
  { effect = "delay", span = "5ms", jitter = "300ms" }, { effect = "reorder", span = "200ms" },
  { effect = "corrupt" }, { effect = "truncate" },
}

test("sent = delivered + corrupted + truncated + delayed + lost", function()
  local b = bmc "server-1u"
  local open = {}
  for i = 1, 4 do open[i] = b:connect { timeout = "100ms", retries = 5 } end
  local mark, before = trace:mark(), b:lan():stats()
  for _, fields in ipairs(effects) do
    fields.on, fields.probability = "lan", math.random(2, 20) / 100
    b:fault(fields)
  end
  local done = 0
  for _, c in ipairs(open) do
    spawn(function()
      for _ = 1, 40 do c:cmd(6, 1) end
      done = done + 1
    end)
  end
  wait_until(function() return done == #open end, 1000)
  b.chassis:clear_faults()
  sleep(5)
  local after, sent = b:lan():stats(), 0
  for _, c in ipairs(open) do sent = sent + c:info().sent end
  local function grown(link, fate) return after[link][fate] - before[link][fate] end
  local incoming, outgoing = 0, 0
  for _, fate in ipairs { "delivered", "corrupted", "truncated", "delayed", "lost" } do
    incoming = incoming + grown("incoming", fate)
    outgoing = outgoing + grown("outgoing", fate)
  end
  expect_eq(after.received - before.received, incoming - grown("incoming", "lost") +
            grown("incoming", "duplicated"), "all that came in")
  expect_eq(trace:count { link = "lan", direction = "to bmc", fate = "lost", since = mark },
            grown("incoming", "lost"), "the trace has each that was lost")
  local arrived = 0
  for _, c in ipairs(open) do arrived = arrived + c:info().received end
  expect(arrived > 0 and sent > 160)
  expect_eq(after.sent - before.sent, outgoing, "all that went out")
end)
