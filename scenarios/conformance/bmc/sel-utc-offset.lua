-- The log's offset from UTC is between -1440 and 1440 minutes, or unspecified.
-- IPMI v2.0, 31.11a.
tags "sel"

test("the offset is in its range", function()
  local reply = target():connect():cmd(0x0a, 0x5c)
  local minutes = string.unpack("<i2", expect_cc(optional(reply, "Get SEL Time UTC Offset")).data)
  expect(minutes == 0x07ff or (minutes >= -1440 and minutes <= 1440))
end)

test("what is set is kept, what is out of range is refused", { writes = true }, function()
  local session = target():connect()
  local before = expect_cc(optional(session:cmd(0x0a, 0x5c), "Get SEL Time UTC Offset")).data
  for _, minutes in ipairs { -1440, -60, 0, 90, 1440, 0x07ff } do
    local data = string.pack("<i2", minutes)
    expect_cc(session:cmd(0x0a, 0x5d, data))
    expect_eq(session:cmd(0x0a, 0x5c).data, data, minutes .. " minutes")
  end
  for _, minutes in ipairs { -1441, 1441, 0x07fe } do
    expect_refused(session:cmd(0x0a, 0x5d, string.pack("<i2", minutes)),
                   minutes .. " minutes")
  end
  expect_cc(session:cmd(0x0a, 0x5d, before))
end)
