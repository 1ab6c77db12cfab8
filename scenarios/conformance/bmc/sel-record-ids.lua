-- A record's id names it alone, also when others were deleted.
-- IPMI v2.0, 31.5, 31.6, 31.8.
tags "sel"
writes()

local function record(n)
  return "\0\0\x02" .. ("\0"):rep(4) .. "\x20\0\x04\x01" .. string.char(n) .. "\x01\x51\x40\x3c"
end

test("records added after a deletion get ids of their own", function()
  local bmc = target()
  bmc:sel_clear()
  local ids = {}
  for n = 1, 4 do ids[n] = bmc:sel_add(record(n)) end
  local reservation = expect_cc(bmc:cmd(0x0a, 0x42)).data
  expect_cc(bmc:cmd(0x0a, 0x46, reservation .. string.pack("<I2", ids[2])), 0x00, "Delete SEL Entry")
  ids[5] = bmc:sel_add(record(5))
  local seen = {}
  for _, entry in ipairs(bmc:sel()) do
    expect(not seen[entry.id], ("%04Xh is the id of one record"):format(entry.id))
    seen[entry.id] = entry.sensor
  end
  for n, id in ipairs(ids) do
    expect_ne(id, 0x0000, "0000h means the first record")
    expect_ne(id, 0xffff, "FFFFh means the last record")
    if n ~= 2 then expect_eq(bmc:sel_entry(id).sensor, n, "the record that got this id") end
  end
  expect_eq(bmc:sel_entry(0xffff).sensor, 5, "the last record")
end)
