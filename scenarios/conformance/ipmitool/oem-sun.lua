-- "sunoem": properties, files and the command line of an ILOM.
tags("client", "oem")

local ilom = { name = "ilom", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 3 0x14 0xbf 42 0x4701
sel_enable 0x20 100 0x0a
fru_source 0x20 0 512 "server-1u.fru"
oem_profile 0x20 sun
mc_enable 0x20
]] }

test("properties, of which some are the BMC's own", function()
  local mc = bmc(ilom)
  mc:ipmitool("sunoem getval /SYS/product_serial_number"):ok():says "^Target Value: SN1U000417$"
  mc:ipmitool("sunoem setval /HOST/boot_device pxe"):ok()
  expect_eq(mc:boot_device().device, 1)
  mc:ipmitool("sunoem getval /SYS/nothing"):fails()
end)

test("the host is stopped from its command line", function()
  local mc = bmc(ilom)
  mc:ipmitool { "sunoem", "cli", "stop -force /SYS", "y" }:ok():says "^Stopping /SYS immediately"
  mc.chassis.host:wait "off"
end)

test("a key is kept, and got back", function()
  local mc = bmc(ilom)
  run { "tee", "key", input = "ssh-ed25519 AAAA me@here\n" }:ok()
  mc:ipmitool("sunoem sshkey set 2 key"):ok()
  mc:ipmitool("sunoem getfile SSH_PUBKEYS keys"):ok()
  expect_eq(run({ "cat", "keys" }).stdout, "ssh-ed25519 AAAA me@here\n")
end)
