-- "i2c" reads and writes what hangs on a controller's private buses. IPMI v2.0, 22.11.
tags("client", "i2c")

test("the EEPROM behind an inventory", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("i2c bus=0 0xa0 8 0x00"):ok()
  expect_eq(hex(r.stdout), mc:fru(0):sub(1, 8))
  mc:ipmitool("i2c bus=0 0xa0 0 0x0c 0x58 0x59"):ok()
  expect_eq(mc:fru(0):sub(13, 14), "XY")
end)

test("registers", function()
  local mc = bmc "server-1u"
  mc:ipmitool("i2c bus=1 0x5c 0 0x03 0x40"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x52, { 0x03, 0x5c, 2, 0x02 })).data, "\0\x40")
  mc:ipmitool("i2c bus=1 0x5c 2 0x02"):ok():says "^ 00 40$"
end)

test("nobody there, and no bus", function()
  local mc = bmc "server-1u"
  mc:ipmitool("i2c bus=0 0xa8 1 0x00"):fails "NAK on Write"
  mc:ipmitool("i2c bus=5 0xa0 1 0x00"):fails "Invalid data field in request"
end)
