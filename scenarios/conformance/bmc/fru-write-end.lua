-- An inventory ends where it ends: what would go past that is refused, and
-- nothing is written. IPMI v2.0, 34.3.
tags "fru"
writes()

test("writing past the end is refused", function()
  local bmc = target()
  local size = expect_cc(bmc:cmd(0x0a, 0x10, { 0x00 }), 0x00, "Get FRU Inventory Area Info"):le(1, 2)
  local before = bmc:fru(0)
  for _, at in ipairs { size - 2, size, size + 8 } do
    local reply = bmc:cmd(0x0a, 0x12, string.pack("<BI2", 0, at) .. "\xde\xad\xbe\xef")
    expect_ne(reply.cc, 0x00, ("four octets at %d of %d"):format(at, size))
  end
  expect_eq(bmc:fru(0), before, "the inventory is as it was")
end)
