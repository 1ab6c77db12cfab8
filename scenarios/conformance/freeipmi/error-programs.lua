-- A refusal reaches the user of every program: it names the command that was
-- refused, and ends with another status than 0.
tags("client", "errors")

local programs = {
  { "bmc-info", "--get-device-id", 0x06, 0x01 },
  { "bmc-device", "--get-self-test-results", 0x06, 0x04 },
  { "ipmi-chassis", "--get-chassis-capabilities", 0x00, 0x00 },
  { "ipmi-chassis", "--chassis-control=POWER-UP", 0x00, 0x02 },
  { "ipmi-chassis", "--chassis-identify=10", 0x00, 0x04 },
  { "ipmi-sel", "--info", 0x0a, 0x40 },
  { "ipmi-sel", "--clear", 0x0a, 0x47 },
  { "ipmi-sensors", "--sdr-info", 0x0a, 0x20 },
  { "ipmi-sensors", "--quiet-cache", 0x0a, 0x23 },
  { "ipmi-fru", "--ignore-sdr-cache --device-id=0", 0x0a, 0x10 },
  { "ipmi-dcmi", "--get-asset-tag", 0x2c, 0x06, 0xdc },
  { "ipmi-config", "--category=core --checkout --section=Lan_Channel", 0x06, 0x41 },
}

for _, p in ipairs(programs) do
  local program, words, netfn, cmd, group = table.unpack(p)
  test(("%s %s"):format(program, words), function()
    local mc = bmc "server-1u"
    for cc in pairs { [0xc1] = true, [0xd4] = true, [0xff] = true } do
      local answer = mc:answer(netfn, cmd, { cc = cc, group = group })
      local r = mc:freeipmi(program, words, { privilege = "admin" })
      expect(answer:struck() > 0)
      expect_ne(r.status, 0, ("exit status after %02Xh"):format(cc))
      expect(#r.output > 0, "it says something")
      answer:remove()
    end
  end)
end
