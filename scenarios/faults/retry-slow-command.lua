-- A command that takes longer than the console's timer is carried out once; the
-- retransmission is dropped, for the answer is being made. (slow-bmc)
tags "retry"

test("a command of 2.5 s under a timer of 1 s", function()
  local b = bmc "server-1u"
  local done = 0
  b:command(0x30, 0x21, function() done = done + 1; return later("2500ms", 0, { done }) end)
  local c = b:connect { timeout = 1 }
  local from = now()
  expect_eq(expect_cc(c:cmd(0x30, 0x21))[1], 1)
  expect_near(now() - from, 2.5, 1e-6)
  expect_eq({ done, c:info().retries }, { 1, 2 }, "carried out once, asked for three times")
  expect_eq(b:lan():stats().dropped["repeats a request that is being carried out"], 2)
  expect_eq(expect_cc(c:cmd(0x30, 0x21))[1], 2, "asked anew, it is carried out anew")
end)
