-- What the host is to boot from, and how: each value of ipmi-config is one of the
-- boot flags. IPMI v2.0, 28.12, 28.13 parameter 5.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { "--category=chassis", ... }, { privilege = "admin" })
end

local function flags(mc)
  return { expect_cc(mc:cmd(0x00, 0x09, { 5, 0, 0 })).data:byte(3, 7) }
end

test("each device", function()
  local mc = bmc "server-1u"
  for name, code in pairs {
    PXE = 1, ["HARD-DRIVE"] = 2, ["HARD-DRIVE-SAFE-MODE"] = 3, ["DIAGNOSTIC_PARTITION"] = 4,
    ["CD-DVD"] = 5, ["BIOS-SETUP"] = 6, FLOPPY = 15, ["NO-OVERRIDE"] = 0,
  } do
    config(mc, "--commit", "--key-pair=Chassis_Boot_Flags:Boot_Device=" .. name):ok()
    expect_eq(mc:boot_device().device, code, name)
    config(mc, "--checkout", "--section=Chassis_Boot_Flags"):ok()
      :says("^\tBoot_Device +" .. plain(name) .. "$")
  end
end)

for _, key in ipairs {
  { "Boot_Flags_Persistent", "Yes", 1, 0x40 }, { "BIOS_Boot_Type", "EFI", 1, 0x20 },
  { "CMOS_Clear", "Yes", 2, 0x80 }, { "Lock_Keyboard", "Yes", 2, 0x40 },
  { "Screen_Blank", "Yes", 2, 0x02 }, { "Lock_Out_Reset_Button", "Yes", 2, 0x01 },
  { "Lock_Out_Power_Button", "Yes", 3, 0x80 }, { "Firmware_Bios_Verbosity", "VERBOSE", 3, 0x40 },
  { "Force_Progress_Event_Traps", "Yes", 3, 0x10 }, { "User_Password_Bypass", "Yes", 3, 0x08 },
  { "Lock_Out_Sleep_Button", "Yes", 3, 0x04 }, { "Console_Redirection", "SUPPRESS", 3, 0x01 },
} do
  local name, value, octet, bits = table.unpack(key)
  test(name, function()
    local mc = bmc "server-1u"
    config(mc, "--commit", ("--key-pair=Chassis_Boot_Flags:%s=%s"):format(name, value)):ok()
    expect_eq(flags(mc)[octet] & bits, bits)
    config(mc, "--checkout", "--section=Chassis_Boot_Flags"):ok()
      :says(("^\t%s +%s$"):format(name, value))
  end)
end

test("firmware takes them once, or each time", function()
  for word, remains in pairs { No = false, Yes = true } do
    local mc = bmc "server-1u"
    config(mc, "--commit", "--key-pair=Chassis_Boot_Flags:Boot_Flags_Persistent=" .. word,
           "--key-pair=Chassis_Boot_Flags:Boot_Device=PXE"):ok()
    expect(mc:boot_device().valid)
    mc:freeipmi("ipmi-chassis", "--chassis-control=HARD-RESET"):ok()
    sleep(40)
    expect_eq(mc.chassis.host:stage(), "os")
    expect_eq(mc:boot_device().valid, remains, "persistent: " .. word)
  end
end)
