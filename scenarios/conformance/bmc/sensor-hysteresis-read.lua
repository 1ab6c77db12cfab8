-- Get Sensor Hysteresis answers where the record says that it can be read.
-- IPMI v2.0, 35.7, 43.1.
tags "sensor"

test("readable hysteresis can be read", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    local access = record:byte(12) and record:byte(12) >> 4 & 3
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and (access == 1 or access == 2) then
      local name = ("sensor %02Xh"):format(record:byte(8))
      expect_eq(#expect_cc(session:cmd(0x04, 0x25, { record:byte(8), 0xff }), 0x00, name), 2,
                name)
    end
  end
end)
