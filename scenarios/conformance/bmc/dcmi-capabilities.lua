-- A BMC that speaks DCMI names the group in each answer, and its version.
-- DCMI v1.5, 6.1.
tags "dcmi"

local function dcmi(session, cmd, data)
  return optional(session:cmd(0x2c, cmd, "\xdc" .. data), "DCMI")
end

test("the capabilities are answered with group and version", function()
  local session = target():connect()
  for parameter = 1, 5 do
    local reply = dcmi(session, 0x01, string.char(parameter))
    if reply.cc == 0 then
      expect_eq(reply[1], 0xdc, "the group comes first")
      expect_eq(reply[2], 1, "the major version is 1")
      expect(#reply > 4, "there are data")
    end
  end
end)

test("a parameter that is none is refused", function()
  expect_refused(dcmi(target():connect(), 0x01, "\x3f"))
end)

test("the power reading is between its minimum and its maximum", function()
  local reply = dcmi(target():connect(), 0x02, "\x01\x00\x00")
  if reply.cc == 0xc1 or reply.cc == 0xd5 then skip "this BMC does not measure power" end
  expect_eq(#expect_cc(reply), 18, "the answer has 18 octets")
  local now, least, most, mean = string.unpack("<I2I2I2I2", reply.data, 2)
  expect(least <= mean and mean <= most, "the average is between them")
  expect(least <= now and now <= most, "so is the present power")
end)
