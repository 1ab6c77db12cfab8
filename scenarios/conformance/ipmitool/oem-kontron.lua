-- "kontronoem" and "fwum": boot order and firmware banks of a board of Kontron's.
tags("client", "oem")

local board = { name = "kontron", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 2 0x14 0xbf 15000 5002
sel_enable 0x20 100 0x0a
fru_source 0x20 0 512 "server-1u.fru"
oem_profile 0x20 kontron
mc_enable 0x20
]] }

test("what it boots from next", function()
  local mc = bmc(board)
  mc:ipmitool("kontronoem nextboot HDD"):ok():says "set successfully"
  expect_eq(mc:boot_device().device, 2)
  mc:ipmitool("kontronoem nextboot network"):ok()
  expect_eq(mc:boot_device().device, 1)
end)

test("its firmware, and that there is none to go back to", function()
  local mc = bmc(board)
  mc:ipmitool("fwum info"):ok():says "^Board Id +: 5002"
  local r = mc:ipmitool("fwum status"):ok()
  r:says "^Bank State 0 +: Last Known Good"
  r:says "^Bank State 1 +: Not programmed"
  mc:ipmitool("fwum rollback"):fails()
end)

test("another maker's board has neither", function()
  local mc = bmc "server-1u"
  mc:ipmitool("kontronoem setsn"):fails "not implemented for this board"
  mc:ipmitool("fwum info"):fails "FWUM Firmware Get Info returned c1"
end)
