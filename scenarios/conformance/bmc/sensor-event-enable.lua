-- What is enabled of a sensor's events can be read, changed, and changed back.
-- IPMI v2.0, 35.10, 35.11.
tags "sensor"

-- The first sensor whose events can be enabled one by one.
local function by_state(session)
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and record:byte(12) & 0x03 == 0 then
      return record:byte(8)
    end
  end
  skip "no sensor's events can be enabled one by one"
end

test("Get Sensor Event Enable has flags and masks", function()
  local session = target():connect()
  local reply = expect_cc(session:cmd(0x04, 0x29, { by_state(session) }))
  expect(#reply >= 1 and #reply <= 5, "1 to 5 octets")
  expect_eq(reply[1] & 0x3f, 0, "the reserved bits are 0")
end)

test("one event is disabled and enabled again", { writes = true }, function()
  local session = target():connect()
  local number = by_state(session)
  local before = expect_cc(session:cmd(0x04, 0x29, { number }))
  local mask = before:le(2, 2)
  if mask == 0 then skip "it has no events" end
  local one = mask & -mask                                 -- the lowest that is enabled
  local flags = before[1] & 0xc0
  expect_cc(session:cmd(0x04, 0x28, string.pack("<BBI2I2", number, flags | 0x20, one, 0)))
  expect_eq(session:cmd(0x04, 0x29, { number }):le(2, 2), mask & ~one, "it is disabled")
  expect_cc(session:cmd(0x04, 0x28, string.pack("<BBI2I2", number, flags | 0x10, one, 0)))
  expect_eq(session:cmd(0x04, 0x29, { number }).data, before.data, "it is enabled again")
end)
