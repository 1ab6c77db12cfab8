-- "sel clear" empties the log, after a reservation. IPMI v2.0, 31.4, 31.9.
tags("client", "sel")

test("nothing is left but that it was cleared", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sel clear"):ok():says "^Clearing SEL"
  wait_until(function() return mc:sel_info().entries == 1 end)
  expect_eq(mc:sel()[1].offset, 2, "log area cleared")
  trace:order { { "Reserve SEL", link = "clear", cc = 0 },
                { "Clear SEL", link = "clear", cc = 0 } }
  expect_eq(#mc:ipmitool("sel list"):ok():lines(), 1)
end)

test("a reservation that was lost is an error, and the log is as it was", function()
  local mc = bmc "server-1u"
  local before = mc:sel_info().entries
  mc:answer(0x0a, 0x47, { cc = 0xc5 })
  mc:ipmitool("sel clear"):fails "Reservation cancelled"
  expect_eq(mc:sel_info().entries, before)
end)

test("an empty log", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x40, { data = hex "51 00 00 80 3e 00 00 00 00 00 00 00 00 0a" })
  local r = mc:ipmitool("sel list"):ok()
  r:says "SEL has no entries"
  expect_eq(r.stdout, "")
end)
