-- A reservation that somebody else cancels between two steps: ipmi-sel asks for
-- another and goes on. IPMI v2.0, 31.4.
tags("client", "ipmi-sel")

test("while it is deleted", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x46, { cc = 0xc5, times = 2 })
  mc:freeipmi("ipmi-sel", "--quiet-cache --delete=2"):ok()
  expect_eq(#mc:sel(), 7)
  expect(trace:count { "Reserve SEL", link = "lan", answer = true, cc = 0 } >= 2)
end)

test("while it is cleared", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x47, { cc = 0xc5, times = 1 })
  mc:freeipmi("ipmi-sel", "--quiet-cache --clear"):ok()
  expect_eq(mc:sel_info().entries, 1)
end)
