-- Two consoles never have the same session id of the BMC, nor does a new session
-- soon get an old one's. (dup-session-id) IPMI v2.0, 13.14.
tags "session"

test("two hundred sessions have two hundred ids", function()
  local b = bmc "server-1u"
  local seen, kept = {}, {}
  for i = 1, 200 do
    local c = b:connect { privilege = "user", name_only = true, skip_capabilities = true }
    local id = c:info().bmc_session
    expect_ne(id, 0)
    expect(not seen[id], ("session %d has an id of its own"):format(i))
    seen[id] = true
    if i % 20 == 0 then kept[#kept + 1] = c else c:close() end
  end
  expect_eq(b:lan():stats().sessions, #kept)
end)
