-- A network may double a datagram: the BMC opens one session all the same, and
-- the console passes over the second copy. (dup-any, dup-rakp2) IPMI v2.0, 6.12.12,
-- 6.12.13.
tags "login"

local function claims(format, side)
  local b, opened = bmc "server-1u", 0
  b:on("session", "opened", function() opened = opened + 1 end)
  for n, step in ipairs(session_steps(format)) do
    local what = ("%s of %s: "):format(side, step.name)
    local fault = b:fault(step[side] { effect = "duplicate", span = "1ms" })
    local console = whole_session(b, format)
    sleep(1)
    expect_eq(fault:struck(), 1, what .. "it came twice")
    expect_eq({ console:info().retries, console:info().violations }, { 0, 0 },
              what .. "the console was not confused")
    expect_eq({ opened, b:lan():stats().sessions }, { n, 0 }, what .. "one session, and it is closed")
    fault:disarm()
  end
end

for _, format in ipairs { "2.0", "1.5" } do
  for _, side in ipairs { "request", "answer" } do
    test(("%s: one %s after the other is doubled"):format(format, side), function()
      claims(format, side)
    end)
  end
end

test("everything is doubled", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "duplicate" }
  for _, format in ipairs { "2.0", "1.5" } do
    local info = whole_session(b, format):info()
    expect_eq({ info.retries, info.violations, b:lan():stats().sessions }, { 0, 0, 0 })
  end
end)
