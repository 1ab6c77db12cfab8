-- "chassis bootdev" says where the host boots from next. IPMI v2.0, 28.12, 28.13.
tags("client", "boot")

local devices = {
  none = { 0, "No override" }, pxe = { 1, "Force PXE" },
  disk = { 2, "Force Boot from default Hard%-Drive" },
  safe = { 3, "Force Boot from default Hard%-Drive, request Safe%-Mode" },
  diag = { 4, "Force Boot from Diagnostic Partition" }, cdrom = { 5, "Force Boot from CD/DVD" },
  bios = { 6, "Force Boot into BIOS Setup" },
  floppy = { 15, "Force Boot from Floppy/primary removable media" },
}

for name, device in pairs(devices) do
  test(name, function()
    local mc = bmc "server-1u"
    mc:ipmitool("chassis bootdev " .. name):ok():says("^Set Boot Device to " .. name .. "$")
    expect_eq(mc:boot_device().device, device[1])
    mc:ipmitool("chassis bootparam get 5"):ok()
      :says("^   %- Boot Device Selector : " .. device[2] .. "$")
  end)
end

test("one that is none changes nothing", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootdev tape"):fails "Invalid argument: tape"
  expect_eq(mc:boot_device().valid, false)
end)
