-- Clear SEL names itself with the letters CLR; without them nothing is erased.
-- IPMI v2.0, 31.9.
tags "sel"
writes()

test("Clear SEL with other letters is refused, and the log stays", function()
  local bmc = target()
  bmc:sel_add("\0\0\x02" .. ("\0"):rep(4) .. "\x20\0\x04\x01\x01\x01\x51\x40\x3c")
  local before = bmc:sel_info().entries
  for _, letters in ipairs { "\0\0\0", "RLC", "clr", "CL\0" } do
    local reservation = expect_cc(bmc:cmd(0x0a, 0x42)).data
    local reply = bmc:cmd(0x0a, 0x47, reservation .. letters .. "\xaa")
    expect_cc(reply, 0xcc, ("the letters %q"):format(letters))
  end
  expect_eq(bmc:sel_info().entries, before, "the log is as it was")
end)
