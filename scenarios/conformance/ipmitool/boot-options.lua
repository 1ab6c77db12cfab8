-- Options of "chassis bootdev" and "bootparam set": for good, UEFI, clearing the
-- CMOS. IPMI v2.0, 28.13, table 28-14.
tags("client", "boot")

local function flags(mc) return expect_cc(mc:cmd(0x00, 0x09, { 5, 0, 0 })).data:sub(3) end

test("persistent, and UEFI", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootdev disk options=persistent,efiboot"):ok()
  expect_eq(flags(mc), hex "e0 08 00 00 00")
  local r = mc:ipmitool("chassis bootparam get 5"):ok()
  r:says "Options apply to all future boots"
  r:says "BIOS EFI boot"
end)

test("the CMOS is cleared, once", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootdev pxe clear-cmos=yes"):ok()
  expect_eq(flags(mc):byte(2) & 0x80, 0x80)
  mc:ipmitool("chassis bootparam get 5"):ok():says "CMOS Clear"
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x00, 0x08, { 5, 0x80, 0x42, 0x5b, 0x08, 0 }))
  local r = mc:ipmitool("chassis bootparam get 5"):ok()
  for _, words in ipairs { "Lock Keyboard", "Screen blank",
                           "BIOS verbosity : Request Verbose Display",
                           "Force progress event traps", "User password bypass",
                           "BIOS Shared Mode Override" } do
    r:says(plain(words))
  end
end)

test("bootparam set bootflag does as bootdev", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootparam set bootflag force_cdrom"):ok()
  expect_eq(mc:boot_device().device, 5)
  mc:ipmitool("chassis bootparam set bootflag force_bios"):ok()
  expect_eq(mc:boot_device().device, 6)
end)
