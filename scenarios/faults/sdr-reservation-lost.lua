-- A reservation that somebody else cancels in the midst of a walk is taken anew,
-- and that record read again, not the whole repository. (c5-reservation)
-- IPMI v2.0, 33.11, 33.12.
tags "sdr"

-- All records, as a correct client reads them; and how often it had to reserve.
local function walk(console)
  local reservation, reserved
  local function reserve()
    reservation = expect_cc(console:cmd(0x0a, 0x22)).data
    reserved = (reserved or 0) + 1
  end
  local function read(id, at, count)
    return console:cmd(0x0a, 0x23, reservation .. string.pack("<I2BB", id, at, count))
  end
  -- One record from its beginning; nil when the reservation was lost on the way.
  local function record_of(id)
    local head = read(id, 0, 5)
    if head.cc == 0xc5 then return nil end
    local record, length = expect_cc(head).data:sub(3), 5 + head[7]
    while #record < length do
      local part = read(id, #record, math.min(12, length - #record))
      if part.cc == 0xc5 then return nil end
      record = record .. expect_cc(part).data:sub(3)
    end
    return record, head:le(1, 2)
  end
  reserve()
  local list, id = {}, 0
  while id ~= 0xffff do
    local record, next_id
    for _ = 1, 20 do
      record, next_id = record_of(id)
      if record then break end
      reserve()
    end
    list[#list + 1] = expect(record, "the record is read in twenty tries")
    id = next_id
  end
  return list, reserved
end

test("somebody reserves now and then", function()
  local b = bmc "server-1u"
  local want, other = b:sdrs(), b:connect()
  b:fault { on = "lan", effect = "delay", span = "1ms" }
  every("37ms", function() other:cmd(0x0a, 0x22) end)
  local list, reserved = walk(b:connect())
  expect_eq(list, want, "all records are there, each once")
  expect(reserved > 1, "the reservation was lost at least once")
end)

test("under random cancellations", function()
  local b = bmc "server-1u"
  local want = b:sdrs()
  b:answer(0x0a, 0x23, { cc = 0xc5, probability = 0.05 })
  expect_eq((walk(b:connect())), want)
end)
