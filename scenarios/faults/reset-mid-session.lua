-- The BMC is reset while consoles are at work: it answers nobody for a while, has
-- forgotten all sessions, and lets everybody in again. (reboot-midsession)
tags "reset"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": a console finds out by its timer, and logs in again", function()
    local b = bmc "server-1u"
    local started
    b:on("reset", "started", function(e) started = e.at end)
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = "500ms" }
    local old = c:info().bmc_session
    expect_eq(c:device_id().ipmi, "2.0")
    b:reset "cold"
    expect_silence(c:cmd(6, 1), "the session is forgotten")
    wait_until(function() return started end, 30, "the BMC is back")
    expect_silence(c:cmd(6, 1), "and it stays forgotten")
    c:open()
    expect_ne(c:info().bmc_session, old, "the new session is another one")
    expect_eq(c:device_id().ipmi, "2.0")
    expect_eq(b:lan():stats().sessions, 1)
  end)
end

test("what is kept outlasts the reset, what is not does not", function()
  local b = bmc "server-1u"
  local c = b:connect()
  c:set_user(9, "nightshift", "secret")
  local id = c:sel_add(packet.sel_event { sensor = 0x44 })
  b:reset "cold"
  sleep(15)
  b:connect { user = "nightshift", password = "secret" }
  expect_eq(b:sel_entry(id).sensor, 0x44, "the log is kept")
end)
