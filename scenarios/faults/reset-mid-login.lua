-- The BMC is reset in the midst of a log-in, at each step of it: the console does
-- not go on with the half of a log-in that nobody knows of. (reboot-midsession)
tags "reset"

for _, step in ipairs(session_steps "2.0") do
  if not step.open and not step.closing then
    test("reset after " .. step.name, function()
      local b = bmc "server-1u"
      local mine = b:fault(step.answer { effect = "delay", span = "20ms", times = 1 })
      spawn(function()
        wait_until(function() return mine:struck() == 1 end)
        b:reset "cold"
      end)
      local c = b:console { timeout = "500ms" }
      local ok, why = c:try_open()
      if not ok then
        expect_match(why, "no answer", "it was not answered, or told that there is no such session")
        sleep(10)
        c:open()
      end
      wait_until(function() return not c:cmd(6, 1).timed_out or not c:open() end, 60)
      expect_eq(c:info().violations, 0)
      expect_eq(b:lan():stats().sessions, 1)
    end)
  end
end
