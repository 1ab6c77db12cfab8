-- Get Sensor Type says what the sensor's record says. IPMI v2.0, 35.16, 43.
tags "sensor"

test("types by command and by record are the same", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) <= 0x02 and record:byte(6) == 0x20 then
      local reply = optional(session:cmd(0x04, 0x2f, { record:byte(8) }), "Get Sensor Type")
      if reply.cc == 0 then
        expect_eq(reply.data, record:sub(13, 14), ("sensor %02Xh"):format(record:byte(8)))
      end
    end
  end
end)
