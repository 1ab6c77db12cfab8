-- FFh reads a record to its end at once; where that is too much, CAh says so.
-- IPMI v2.0, 33.12.
tags "sdr"

test("read at once or in pieces, a record is the same", function()
  local session = target():connect()
  local next_id = 0
  for n, record in ipairs(session:sdrs()) do
    if n > 20 then break end
    local reply = session:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, next_id, 0, 0xff))
    if reply.cc ~= 0xca then
      expect_cc(reply)
      expect_eq(reply.data:sub(3), record, ("record %d"):format(n))
      next_id = reply:le(1, 2)
    else
      next_id = session:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, next_id, 0, 5)):le(1, 2)
    end
    if next_id == 0xffff then break end
  end
end)
