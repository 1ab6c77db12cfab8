-- Each reservation is another, and only the latest holds. IPMI v2.0, 33.11.
tags "sdr"

test("a new reservation cancels the one before", function()
  local session = target():connect()
  local old = expect_cc(session:cmd(0x0a, 0x22)).data
  local new = expect_cc(session:cmd(0x0a, 0x22)).data
  expect_ne(new, old, "each is another")
  expect_ne(new, "\0\0", "0000h is none")
  local rest = string.pack("<I2BB", 0, 5, 1)
  expect_cc(session:cmd(0x0a, 0x23, old .. rest), 0xc5, "the old one is cancelled")
  expect_cc(session:cmd(0x0a, 0x23, new .. rest), 0x00, "the new one holds")
end)
