-- Thresholds stand in the order lower non-critical, critical, non-recoverable,
-- then upper; in a full sensor record from the top down.
-- IPMI v2.0, 35.8, 35.9, 43.1.
tags "sensor"

-- Full records of sensors of the BMC itself that have thresholds to be read.
local function records(bmc)
  local list = {}
  for _, record in ipairs(bmc:sdrs()) do
    local access = record:byte(12) >> 2 & 3
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and record:byte(14) == 0x01 and
       (access == 1 or access == 2) then
      list[#list + 1] = record
    end
  end
  return list
end

test("Get Sensor Thresholds gives what the records say, in its own order", function()
  local bmc = target()
  local looked_at = 0
  for _, record in ipairs(records(bmc)) do
    local number = record:byte(8)
    local reply = expect_cc(bmc:cmd(0x04, 0x27, { number }), 0x00, "Get Sensor Thresholds")
    -- Octets 37 to 42 of the record: UNR, UC, UNC, LNR, LC, LNC.
    for i, octet in ipairs { 42, 41, 40, 39, 38, 37 } do
      if reply[1] >> (i - 1) & 1 == 1 then
        looked_at = looked_at + 1
        expect_eq(reply[1 + i], record:byte(octet), ("threshold %d of sensor %02Xh"):format(i, number))
      else
        expect_eq(reply[1 + i], 0, ("threshold %d of sensor %02Xh is not readable"):format(i, number))
      end
    end
  end
  expect(looked_at > 0, "there is a readable threshold")
end)
