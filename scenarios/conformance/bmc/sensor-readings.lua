-- Every sensor that has a record answers, and one that has none does not.
-- IPMI v2.0, 35.14, 43.
tags "sensor"

local function of_bmc(record)
  return (record:byte(4) == 0x01 or record:byte(4) == 0x02) and record:byte(6) == 0x20 and
         record:byte(7) & 0x03 == 0
end

test("each sensor with a record has a reading, or says that it has none now", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    if of_bmc(record) then
      local name = ("sensor %02Xh"):format(record:byte(8))
      local reply = session:cmd(0x04, 0x2d, { record:byte(8) })
      expect_cc_of(reply, { 0x00, 0xcb }, name)
      if reply.cc == 0 then
        expect(#reply >= 2 and #reply <= 4, name .. ": 2 to 4 octets")
        expect_eq(reply[2] & 0x1f, 0, name .. ": the reserved bits are 0")
      end
    end
  end
end)

test("a sensor number without a sensor is refused with CBh", function()
  local session = target():connect()
  local taken = { [0xff] = true }
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) <= 0x03 then taken[record:byte(8)] = true end
  end
  local number = 0xfe
  while taken[number] do number = number - 1 end
  local refused = {
    expect_refused(session:cmd(0x04, 0x2d, { number }), "Get Sensor Reading"),
    expect_refused(session:cmd(0x04, 0x27, { number }), "Get Sensor Thresholds"),
    expect_refused(session:cmd(0x04, 0x2d, { 0xff }), "the reserved number FFh"),
  }
  left_open("another completion code may say so", function()
    for _, reply in ipairs(refused) do expect_cc(reply, 0xcb) end
  end)
end)
