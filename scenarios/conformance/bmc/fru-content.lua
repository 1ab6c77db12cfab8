-- The inventory of the system has a header and areas whose sums are right.
-- Platform Management FRU Information Storage Definition v1.0, 8 to 12.
tags "fru"

test("the common header and each area add up to 0", function()
  local fru = target():connect():fru()
  if fru:byte(1) == 0xff or fru:byte(1) == 0x00 then skip "the inventory is empty" end
  expect_eq(fru:byte(1) & 0x0f, 1, "the format version")
  expect_eq(packet.checksum(fru:sub(1, 8)), 0, "the header's sum")
  for octet, name in pairs { [3] = "chassis", [4] = "board", [5] = "product" } do
    local at = fru:byte(octet) * 8
    if at ~= 0 then
      local length = fru:byte(at + 2) * 8
      expect(length > 0 and at + length <= #fru,
             "the " .. name .. " area is within the inventory")
      expect_eq(packet.checksum(fru:sub(at + 1, at + length)), 0,
                "the " .. name .. " area's sum")
    end
  end
end)

test("each inventory that a record names can be read", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    local logical = record:byte(8) and record:byte(8) >= 0x80
    if record:byte(4) == 0x11 and record:byte(6) == 0x20 and logical then
      local id = record:byte(7)
      expect_cc(session:cmd(0x0a, 0x10, { id }), 0x00,
                ("FRU device %d is there"):format(id))
    end
  end
end)
