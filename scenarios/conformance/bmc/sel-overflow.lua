-- A log without room says so, and remembers that something was lost until it is
-- cleared. IPMI v2.0, 31.2, 31.6.
tags "sel"
only_lab()

local record = "\0\0\x02" .. ("\0"):rep(4) .. "\x20\0\x04\x01\x01\x01\x51\x40\x3c"

test("a full log refuses records and sets its overflow flag", function()
  local bmc = target()
  while bmc:sel_info().free > 0 do bmc:sel_add(record) end
  local info = bmc:sel_info()
  expect_eq(info.free, 0, "the log is full")
  expect_eq(info.overflow, false, "nothing was lost so far")
  expect_cc(bmc:cmd(0x0a, 0x44, record), 0xc4, "one record more")
  expect_eq(bmc:sel_info().overflow, true, "one was lost")
  expect_eq(bmc:sel_info().entries, info.entries, "none went for it")
  bmc:sel_clear()
  expect_eq(bmc:sel_info().overflow, false, "a cleared log has lost nothing")
end)
