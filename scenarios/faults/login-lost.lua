-- Whichever datagram of a session is lost, the console sends it again, and the
-- BMC has one session for it, and none when it is closed. IPMI v2.0, 6.12, 13.17
-- to 13.23.
tags "login"

local function claims(format, side)
  local b, opened = bmc "server-1u", 0
  b:on("session", "opened", function() opened = opened + 1 end)
  for n, step in ipairs(session_steps(format)) do
    local what = ("%s of %s: "):format(side, step.name)
    local fault = b:fault(step[side] { effect = "lose", times = 1 })
    local console = whole_session(b, format)
    expect_eq(fault:struck(), 1, what .. "it was lost")
    -- A session that is closed already answers nobody.
    expect_eq(console:info().retries, step.closing and side == "answer" and 4 or 1,
              what .. "the console sent once more, and no more")
    expect_eq(console:info().violations, 0, what .. "the BMC broke no rule")
    expect_eq({ console:state(), b:lan():stats().sessions }, { "closed", 0 }, what .. "it is over")
    expect_eq(opened, n, what .. "there was one session")
  end
end

for _, format in ipairs { "2.0", "1.5" } do
  for _, side in ipairs { "request", "answer" } do
    test(("%s: one %s after the other is lost"):format(format, side), function()
      claims(format, side)
    end)
  end
end
