-- A controller's GUID is always the same. IPMI v2.0, 20.8.
tags "device"

test("Get Device GUID gives 16 octets that do not change", function()
  local session = target():connect()
  local first = optional(session:cmd(0x06, 0x08), "Get Device GUID")
  expect_cc(first)
  expect_eq(#first, 16, "a GUID has 16 octets")
  expect_ne(first.data, ("\0"):rep(16), "it is not all 0")
  expect_eq(session:cmd(0x06, 0x08).data, first.data, "asked again it is the same")
end)
