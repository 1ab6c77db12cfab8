-- When a step of a log-in is never answered, the console gives up, says at
-- which, and the BMC keeps nothing of it. IPMI v2.0, 6.12.7.1.
tags "login"

local function claims(format, step, side)
  local b = bmc "server-1u"
  local what = ("%s of %s: "):format(side, step.name)
  local fault = b:fault(step[side] { effect = "lose" })
  local console = b:console { timeout = "200ms", lan15 = format == "1.5" and "md5" or nil }
  local ok, why = console:try_open()
  expect(not ok, what .. "the log-in fails")
  expect_match(why, "no answer", what .. "it says why")
  expect_eq(fault:struck(), 5, what .. "it was tried five times")
  expect(b:lan():stats().sessions <= 1, what .. "one session at the most")
  fault:disarm()
  sleep(61)
  expect_eq(b:lan():stats().sessions, 0, what .. "a minute later there is none")
  whole_session(b, format)
end

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": every request, or every answer, of one step is lost", function()
    for _, step in ipairs(session_steps(format)) do
      if not step.open and not step.closing then
        claims(format, step, "request")
        claims(format, step, "answer")
      end
    end
  end)
end
