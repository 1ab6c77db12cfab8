-- What is damaged before a session protects it may be believed, and the log-in
-- refused for it; but never is somebody let in otherwise than he asked, and the
-- next try finds the BMC as it was.
tags "login"

local function claims(format, side)
  local b = bmc "server-1u"
  for _, step in ipairs(session_steps(format)) do
    local what = ("%s of %s: "):format(side, step.name)
    local fault = b:fault(step[side] { effect = "corrupt", times = 1 })
    local console = b:console { timeout = "200ms", lan15 = format == "1.5" and "md5" or nil }
    if console:try_open() then
      expect_eq(console:info().privilege, 4, what .. "it is the privilege asked for")
      expect_eq(console:device_id().ipmi, "2.0", what .. "the session works")
      console:close()
    end
    sleep(61)
    expect_eq(b:lan():stats().sessions, 0, what .. "nothing is left of it")
    fault:disarm()
  end
  whole_session(b, format)
end

for _, format in ipairs { "2.0", "1.5" } do
  for _, side in ipairs { "request", "answer" } do
    test(("%s: an octet of one %s after the other is damaged"):format(format, side), function()
      claims(format, side)
    end)
  end
end

test("an open session drops what is damaged, whichever octet of it", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "50ms", retries = 3 }
  local before = b:sel_info().entries
  for octet = 4, 70 do
    b:fault { on = "lan", effect = "corrupt", direction = "to bmc", offset = octet, times = 1 }
    c:sel_add(packet.sel_event { sensor = octet })
    b.chassis:clear_faults()
  end
  expect_eq(b:sel_info().entries, before + 67, "each event is there once")
  expect(c:info().retries >= 60)
end)
