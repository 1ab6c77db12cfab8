-- A linear sensor has the same factors at each reading as in its record.
-- IPMI v2.0, 35.5, 43.1.
tags "sensor"

test("Get Sensor Reading Factors gives M and B of the record", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and record:byte(24) & 0x7f == 0 then
      local reply = session:cmd(0x04, 0x23, { record:byte(8), 0x40 })
      optional(reply, "Get Sensor Reading Factors")
      if reply.cc == 0 then
        local name = ("sensor %02Xh"):format(record:byte(8))
        expect_eq(reply.data:sub(2, 5), record:sub(25, 28),
                  name .. ": M, B, tolerance, accuracy")
        expect_eq(reply[6] & 0xfc, record:byte(29) & 0xfc,
                  name .. ": the accuracy's exponent")
        expect_eq(reply[7], record:byte(30), name .. ": the exponents")
      end
    end
  end
end)
