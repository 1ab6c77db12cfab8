-- Deleting and clearing take the reservation that was given last.
-- IPMI v2.0, 31.4, 31.8, 31.9.
tags "sel"
writes()

local record = "\0\0\x02" .. ("\0"):rep(4) .. "\x20\0\x04\x01\x01\x01\x51\x40\x3c"

local function reserve(bmc)
  return expect_cc(bmc:cmd(0x0a, 0x42), 0x00, "Reserve SEL").data
end

test("Delete SEL Entry under another reservation is refused with C5h", function()
  local bmc = target()
  local id = bmc:sel_add(record)
  local before = bmc:sel_info().entries
  local old, new = reserve(bmc), reserve(bmc)
  expect_ne(old, new, "each reservation is another")
  expect_cc(bmc:cmd(0x0a, 0x46, old .. string.pack("<I2", id)), 0xc5, "the first is cancelled")
  expect_cc(bmc:cmd(0x0a, 0x46, string.pack("<I2I2", 0, id)), 0xc5, "0000h is none")
  expect_eq(bmc:sel_info().entries, before, "the record is there")
  expect_cc(bmc:cmd(0x0a, 0x46, new .. string.pack("<I2", id)), 0x00, "the second holds")
  expect_eq(bmc:sel_info().entries, before - 1, "the record is gone")
end)

test("Clear SEL without a reservation is refused with C5h", function()
  local bmc = target()
  bmc:sel_add(record)
  local before = bmc:sel_info().entries
  expect_cc(bmc:cmd(0x0a, 0x47, "\0\0CLR\xaa"), 0xc5)
  expect_eq(bmc:sel_info().entries, before, "the log is as it was")
end)
