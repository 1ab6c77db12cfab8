-- "spd" shows what a memory module's EEPROM tells, read over a private bus.
-- IPMI v2.0, 22.11.
tags("client", "i2c")

local board = { name = "board", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 2 0x14 0xbf 32473 0x0101
i2c_eeprom 0x20 0 0xa0 256 data 0x80 0x08 0x08 0x0e 0x0a 0x61
mc_enable 0x20
]] }

test("its kind of memory", function()
  local mc = bmc(board)
  mc:ipmitool("spd 0 0xa0"):ok():says "Memory Type +: DDR2 SDRAM"
end)

test("nobody at that address", function()
  bmc(board):ipmitool("spd 0 0xa2"):fails "NAK on Write"
end)
