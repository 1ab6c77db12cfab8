-- The log grows, and is cleared, while somebody reads it: nothing is read twice,
-- nothing that was there from beginning to end is left out, and CBh is an end like
-- any. (sel-change-midread) IPMI v2.0, 31.5.
tags "sel"

-- The sensors of all records, one by one; visit() is called after each.
local function walk(console, visit)
  local ids, sensors, id = {}, {}, 0
  while id ~= 0xffff do
    local r = console:cmd(0x0a, 0x43, string.pack("<I2I2BB", 0, id, 0, 0xff))
    if r.cc == 0xcb then break end
    expect_cc(r)
    local this = r:le(3, 2)
    expect(not ids[this], ("record %04Xh is read once"):format(this))
    ids[this] = true
    sensors[#sensors + 1] = r[14]
    id = r:le(1, 2)
    if visit then visit(#sensors) end
  end
  return sensors
end

local function with_ten()
  local b = bmc "server-1u"
  b:sel_clear()
  sleep(2)
  for i = 1, 10 do b:sel_add(packet.sel_event { sensor = 0x80 + i }) end
  return b, b:connect()
end

local function count_of(sensors, from, to)
  local count = 0
  for _, n in ipairs(sensors) do if n >= from and n <= to then count = count + 1 end end
  return count
end

test("records that come while it is read are read at its end", function()
  local b, c = with_ten()
  local sensors = walk(c, function(n)
    if n <= 5 then b:sel_add(packet.sel_event { sensor = 0xa0 + n }) end
  end)
  expect_eq(count_of(sensors, 0x81, 0x8a), 10, "the ten that were there")
  expect_eq(count_of(sensors, 0xa1, 0xa5), 5, "and the five that came")
end)

test("a record that goes is passed over", function()
  local b, c = with_ten()
  local sensors = walk(c, function(n)
    if n ~= 3 then return end
    local reservation = expect_cc(b:cmd(0x0a, 0x42)).data
    expect_cc(b:cmd(0x0a, 0x46, reservation .. string.pack("<I2", b:sel_entry(0xffff).id)))
  end)
  expect(count_of(sensors, 0x81, 0x89) == 9 and count_of(sensors, 0x8a, 0x8a) == 0)
end)

test("it is cleared", function()
  local b, c = with_ten()
  local sensors = walk(c, function(n) if n == 4 then b:sel_clear() end end)
  expect(#sensors <= 6, "the walk ends")
  expect(b:sel_info().entries <= 1)
  expect_eq(#walk(c), b:sel_info().entries, "another finds what there is now")
end)

test("at random, a hundred times", function()
  local b, c = with_ten()
  for _ = 1, 100 do
    walk(c, function()
      local dice = math.random(20)
      if dice == 1 then b:sel_clear() end
      if dice < 8 then b:sel_add(packet.sel_event { sensor = dice }) end
    end)
  end
  expect_eq(c:info().violations, 0)
end)
