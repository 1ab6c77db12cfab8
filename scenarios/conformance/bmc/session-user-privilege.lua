-- The lowest level may look at what concerns nobody's secrets.
-- IPMI v2.0, appendix G.
tags "session"

local allowed = {
  { 0x00, 0x01, "Get Chassis Status" },
  { 0x04, 0x2d, "Get Sensor Reading", { 0x01 } },
  { 0x06, 0x01, "Get Device ID" },
  { 0x06, 0x04, "Get Self Test Results" },
  { 0x06, 0x25, "Get Watchdog Timer" },
  { 0x06, 0x41, "Get Channel Access", { 0x0e, 0x40 } },
  { 0x06, 0x42, "Get Channel Info", { 0x0e } },
  { 0x0a, 0x10, "Get FRU Inventory Area Info", { 0x00 } },
  { 0x0a, 0x20, "Get SDR Repository Info" },
  { 0x0a, 0x40, "Get SEL Info" },
  { 0x0a, 0x48, "Get SEL Time" },
}

test("a User may look", function()
  local session = target():wire():session { privilege = "user" }
  for _, c in ipairs(allowed) do
    local reply = session:cmd(c[1], c[2], c[4])
    expect(not reply.timed_out, c[3] .. " is answered")
    expect_ne(reply.cc, 0xd4, c[3] .. " is not refused for want of privilege")
  end
end)
