-- A threshold sensor's states agree with its reading and its thresholds.
-- IPMI v2.0, 35.9, 35.14.
tags "sensor"

test("a sensor is above what it is above, and below what it is below", function()
  local session = target():connect()
  for _, record in ipairs(session:sdrs()) do
    local signed = record:byte(21) and record:byte(21) >> 6 ~= 0
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and record:byte(14) == 0x01 and
       not signed then
      local number = record:byte(8)
      local name = ("sensor %02Xh"):format(number)
      local t = session:cmd(0x04, 0x27, { number })
      local r = session:cmd(0x04, 0x2d, { number })
      if t.cc == 0 and r.cc == 0 and r[2] & 0x20 == 0 then
        for bit = 0, 5 do
          local readable = t[1] >> bit & 1 == 1
          local past = bit < 3 and r[1] <= t[bit + 2] or bit >= 3 and r[1] >= t[bit + 2]
          if readable then expect_eq(r[3] >> bit & 1 == 1, past, name .. ", state " .. bit) end
        end
      end
    end
  end
end)
