-- An area whose checksum is wrong, and a header that is, are told and not shown.
-- Platform Management FRU Information Storage Definition v1.0, 8.
tags("client", "fru")

test("a header that is damaged", function()
  local mc = bmc "server-1u"
  local version = mc:fru(0):byte(1)
  mc:write_fru(string.char(version | 0x40), 0)
  mc:ipmitool("fru print 0"):fails "Unknown FRU header version 0x41"
end)

test("an inventory that is empty", function()
  local mc = bmc "server-1u"
  mc:write_fru(("\xff"):rep(512), 0)
  mc:ipmitool("fru print 0"):fails "Unknown FRU header version 0xff"
  mc:answer(0x0a, 0x10, { data = { 0, 0, 0 } })
  mc:ipmitool("fru print 0"):fails "Invalid FRU size 0"
end)
