-- A session that says nothing for a minute is over; one that keeps itself alive
-- lasts, also when some of what keeps it alive is lost. (idle-timeout) IPMI v2.0,
-- 6.12.
tags "session"

test("without a word it is over after 60 s, and the console finds out", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "500ms" }
  sleep(59)
  expect_eq(b:lan():stats().sessions, 1)
  sleep(2)
  expect_eq(b:lan():stats().sessions, 0)
  expect_silence(c:cmd(6, 1), "nobody answers any more")
  c:open()
  expect_cc(c:cmd(6, 1), 0x00, "a new log-in")
end)

test("a question every twenty seconds keeps it alive for an hour, under loss", function()
  local b = bmc "server-1u"
  local c = b:connect { retries = 12 }
  b:fault { on = "lan", effect = "lose", probability = "10%" }
  for _ = 1, 180 do
    sleep(20)
    expect_cc(c:cmd(6, 1))
  end
  expect_eq(b:lan():stats().sessions, 1)
end)
