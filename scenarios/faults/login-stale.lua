-- A copy of each answer comes again when its step is long over, behind a later
-- answer: the console tells them apart by tag, rqSeq and number. (late-stale)
tags "login"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": one answer after the other comes again later", function()
    local b = bmc "server-1u"
    b:fault { on = "lan", effect = "delay", span = "30ms", direction = "to bmc" }
    for _, step in ipairs(session_steps(format)) do
      local fault = b:fault(step.answer { effect = "duplicate", span = "40ms" })
      local console = whole_session(b, format)
      sleep(1)
      expect_eq(console:info().violations, 0, step.name .. ": the console took it for what it is")
      expect_eq(console:info().retries, 0, step.name .. ": and was not held up by it")
      expect_eq({ console:state(), b:lan():stats().sessions }, { "closed", 0 })
      fault:disarm()
    end
  end)
end
