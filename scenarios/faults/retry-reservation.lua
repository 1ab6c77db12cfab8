-- Reserve SEL that is sent again gives the reservation that it gave; a second one
-- would cancel the first before it was ever used. IPMI v2.0, 31.4.
tags "retry"

test("a reservation whose answer is lost holds", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms" }
  b:fault { on = "lan", effect = "delay", direction = "from bmc", cmd = 0x42, span = "150ms" }
  local reservation = expect_cc(c:cmd(0x0a, 0x42)).data
  sleep(1)
  expect_eq(c:info().repeats, 1, "the answer came twice")
  expect_cc(c:cmd(0x0a, 0x47, reservation .. "CLR\xaa"), 0x00, "the reservation holds")
end)

test("a request that is new gets a new one", function()
  local c = bmc "server-1u":connect()
  expect_ne(c:cmd(0x0a, 0x42).data, c:cmd(0x0a, 0x42).data)
end)
