-- ipmiutil sel -r shows records octet by octet.
tags("client", "sel")

test("the newest record's octets", function()
  local mc = bmc "server-1u"
  local log = mc:sel()
  local shown = mc:ipmiutil "sel -r -l1":ok():says "^(%x%x %x%x 02 [%x ]+)$"
  expect_eq(hex(shown), log[#log].record)
end)
