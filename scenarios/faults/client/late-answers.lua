-- Answers that are slower than the client's timer cross its retransmissions: the
-- first one counts, and what is asked twice is done once. (late-after-retry)
tags("client", "late")

test("FreeIPMI: every answer takes 150 ms, its timer 100 ms", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "delay", direction = "from bmc", span = "150ms" }
  b:freeipmi("bmc-info", "--get-device-id --retransmission-timeout=100 --session-timeout=5000"):ok():says("Device ID")
end)

test("ipmitool: one answer takes 1.2 s, its timer 1 s", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "delay", direction = "from bmc", cmd = 0x44, span = "1200ms" }
  local before = b:sel_info().entries
  b:ipmitool("raw 0x0a 0x44 0 0 2 0 0 0 0 0x41 0 4 0x12 0x31 0x6f 1 0xff 0xff",
             { args = { "-N", "1", "-R", "3" } }):ok()
  expect(trace:count { "Add SEL Entry", answer = false } >= 2, "it asked twice")
  expect_eq(b:sel_info().entries, before + 1, "one record was added")
end)
