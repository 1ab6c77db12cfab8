-- An answer that is slower than the console's timer crosses its retransmission:
-- the first that comes counts, the second is passed over. (late-after-retry)
tags "login"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": one answer after the other takes 1.2 s, the timer 1 s", function()
    local b = bmc "server-1u"
    for _, step in ipairs(session_steps(format)) do
      local fault = b:fault(step.answer { effect = "delay", span = "1200ms" })
      local console = whole_session(b, format, { timeout = 1 })
      sleep(3)
      expect_eq(console:info().retries, 1, step.name .. ": it sent twice")
      expect_eq(console:info().violations, 0, step.name .. ": the BMC broke no rule")
      -- What asks a closed session is not answered.
      expect_eq(fault:matched(), step.closing and 1 or 2, step.name .. ": it was answered twice")
      expect_eq({ console:state(), b:lan():stats().sessions }, { "closed", 0 })
      fault:disarm()
    end
  end)
end
