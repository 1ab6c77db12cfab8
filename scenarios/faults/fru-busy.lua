-- 81h, FRU device busy, a few times and then the data: a correct client waits and
-- asks for that piece again. (fru-busy) IPMI v2.0, 34.2.
tags "fru"

local function read_piece(console, at, count)
  for try = 1, 60 do
    local reply = console:cmd(0x0a, 0x11, string.pack("<BI2B", 0, at, count))
    if reply.cc ~= 0x81 then return expect_cc(reply).data:sub(2) end
    sleep(0.05 * try)
  end
end

test("the inventory is read whole although the device is busy now and then", function()
  local b = bmc "server-1u"
  local want = b:fru()
  local busy = b:answer(0x0a, 0x11, { cc = 0x81, probability = 0.4, times = 50 })
  local c, parts = b:connect(), {}
  for at = 0, #want - 1, 16 do
    parts[#parts + 1] = expect(read_piece(c, at, math.min(16, #want - at)), "the piece comes")
  end
  expect_eq(table.concat(parts), want)
  expect(busy:asked() > #parts, "it was busy in between")
end)
