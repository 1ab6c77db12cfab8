-- One octet behind the message, which some consoles add for old network chips,
-- does no harm. IPMI v2.0, 13.6, table 13-8.
tags "rmcp"

test("a packet with a legacy pad is answered", function()
  local wire = target():wire()
  expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }, { extra = "\0" }))
end)
