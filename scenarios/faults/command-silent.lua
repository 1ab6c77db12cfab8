-- One command is never answered: it costs its own time-outs, and the rest of the
-- session is none the worse. (silent-command)
tags "command"

test("a console skips what is never answered", function()
  local b = bmc "server-1u"
  b:answer(0x00, 0x01, { silent = true })
  local c = b:connect { timeout = "500ms", retries = 2 }
  local from = now()
  expect_silence(c:cmd(0x00, 0x01))
  expect_near(now() - from, 1.5, 1e-6, "three tries of half a second")
  expect_eq(c:device_id().ipmi, "2.0")
  expect_eq(c:info().violations, 0)
end)

test("a BMC that passes over every second request does what is asked again", function()
  local b = bmc "server-1u"
  local every = b:answer(0x0a, 0x44, { silent = true, every = 2, skip = 1 })
  local c = b:connect { timeout = "100ms" }
  local before = b:sel_info().entries
  for i = 1, 10 do c:sel_add(packet.sel_event { sensor = i }) end
  expect_eq(b:sel_info().entries, before + 10, "each event once")
  expect(every:struck() >= 4)
end)
