-- The log's clock runs, and records bear its time. IPMI v2.0, 31.6, 31.10, 31.11.
tags("sel", "waits")
writes()

local function time_of(bmc)
  return expect_cc(bmc:cmd(0x0a, 0x48), 0x00, "Get SEL Time"):le(1, 4)
end

test("SEL time goes on second by second", function()
  local bmc = target()
  local before = time_of(bmc)
  sleep(5)
  expect_near(time_of(bmc) - before, 5, 1, "seconds in five seconds")
end)

test("records bear the time that was set", function()
  local bmc = target()
  local before = time_of(bmc)
  expect_cc(bmc:cmd(0x0a, 0x49, string.pack("<I4", 0x60000000)), 0x00, "Set SEL Time")
  sleep(3)
  local id = bmc:sel_add("\0\0\x02\xff\xff\xff\xff\x20\0\x04\x01\x01\x01\x51\x40\x3c")
  expect_near(bmc:sel_entry(id).time, 0x60000003, 1, "the record's time stamp")
  expect_cc(bmc:cmd(0x0a, 0x49, string.pack("<I4", before)), 0x00, "Set SEL Time")
end)
