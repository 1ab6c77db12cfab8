-- What is told of the system by bmc-device is kept by the BMC in blocks, and
-- shown by bmc-info; whatever its length. IPMI v2.0, 22.14a, 22.14b.
tags("client", "bmc-info", "bmc-device")

local kinds = {
  { 1, "system-firmware-version", "System Firmware Version" },
  { 2, "system-name", "System Name" },
  { 3, "primary-operating-system-name", "Primary Operating System Name" },
  { 4, "operating-system-name", "Operating System Name" },
  { 5, "present-os-version-number", "Present OS Version Number" },
  { 6, "bmc-url", "BMC URL" },
  { 7, "base-os-hypervisor-url", "Base OS/Hypervisor URL" },
}

for _, kind in ipairs(kinds) do
  local parameter, option, title = table.unpack(kind)
  test(title, function()
    local mc = bmc "server-1u"
    for _, length in ipairs { 14, 61 } do
      local value = ("abcdefghijklmnopqrstuvwxyz 0123456789"):rep(2):sub(1, length)
      if value:sub(-1) == " " then value = value:sub(1, -2) .. "_" end
      mc:freeipmi("bmc-device", { ("--set-%s=%s"):format(option, value) }):ok()
      local block = expect_cc(mc:cmd(0x06, 0x59, { 0, parameter, 0, 0 }))
      expect_eq({ block[3], block[4] }, { 0, length }, "encoding and length")
      expect_eq(block.data:sub(5, 4 + math.min(length, 14)), value:sub(1, 14))
      mc:freeipmi("bmc-info", "--get-system-info"):ok()
        :says(("^%s +: %s$"):format(plain(title), plain(value)))
    end
  end)
end
