-- "chassis bootmbox" writes and reads the boot initiator's mailbox, in blocks of 16
-- octets. IPMI v2.0, table 28-14, parameter 7.
tags("client", "boot")

local function block(mc, n) return expect_cc(mc:cmd(0x00, 0x09, { 7, n, 0 })).data:sub(3) end

test("a text of two blocks is kept, and read back", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootmbox set text 343 iqn.2026-01.example:boot"):ok()
  expect_eq(block(mc, 0), "\0\x57\x01\0" .. "iqn.2026-01.e")
  expect_eq(block(mc, 1):sub(1, 12), "\1xample:boot")
  local r = mc:ipmitool("chassis bootmbox get text"):ok()
  r:says "IANA PEN       : 343 %[Intel Corporation%]"
  r:says "Block   0 Data : 'iqn%.2026%-01%.e'"
  r:says "Block   1 Data : 'xample:boot'"
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x00, 0x08, "\7\2" .. "sixteen octets.."))
  mc:ipmitool("chassis bootmbox get text block 2"):ok():says "'sixteen octets%.%.'"
end)
