-- Each record's header says what it is and how long. IPMI v2.0, 43.
tags "sdr"

local least = { [0x01] = 43, [0x02] = 27, [0x03] = 12, [0x08] = 11, [0x11] = 11, [0x12] = 11 }

test("records have ids of their own, versions and lengths that are right", function()
  local seen = {}
  for _, record in ipairs(target():connect():sdrs()) do
    local id, version, kind, length = string.unpack("<I2BBB", record)
    local name = ("record %04Xh"):format(id)
    expect(id ~= 0xffff and not seen[id], name .. " has an id of its own")
    expect(version == 0x51 or version == 0x01, name .. " has a known version")
    expect_eq(#record, 5 + length, name .. " is as long as it says")
    if least[kind] then expect(length >= least[kind], name .. " has all that its type has") end
    seen[id] = true
  end
end)

test("a name in a record is as long as it says", function()
  local at = { [0x01] = 48, [0x02] = 32, [0x03] = 17, [0x11] = 16, [0x12] = 16 }
  for _, record in ipairs(target():connect():sdrs()) do
    local where = at[record:byte(4)]
    if where then
      local id = ("record %04Xh"):format((string.unpack("<I2", record)))
      expect_eq(#record, where + (record:byte(where) & 0x1f), id .. " ends with its name")
    end
  end
end)
