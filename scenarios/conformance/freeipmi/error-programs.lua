-- A refusal reaches the user of every program: it names what was refused, in words
-- of the completion code or in general ones, and ends with 1. (error-codes.lua has
-- all codes.)
tags("client", "errors")

local precise = {
  [0xc1] = "command invalid or unsupported", [0xc5] = "bad completion code",
  [0xd4] = "privilege level insufficient", [0xd5] = "bad completion code",
  [0xff] = "bad completion code",
}

-- program, options, who complains, how ("precise" or its words), netfn, cmd, group,
-- and codes that it takes otherwise: it asks again, or goes on.
local programs = {
  { "bmc-info", "--get-device-id", "ipmi_cmd_get_device_id", "precise", 0x06, 0x01 },
  { "bmc-device", "--get-self-test-results", "ipmi_cmd_get_self_test_results", "precise",
    0x06, 0x04 },
  { "ipmi-chassis", "--get-chassis-capabilities", "ipmi_cmd_get_chassis_capabilities", "precise",
    0x00, 0x00 },
  { "ipmi-chassis", "--chassis-control=POWER-UP", "ipmi_cmd_chassis_control", "precise", 0x00, 0x02 },
  { "ipmi-chassis", "--chassis-identify=10", "ipmi_cmd_chassis_identify", "precise", 0x00, 0x04 },
  { "ipmi-sel", "--info", "ipmi_cmd_get_sel_info", "precise", 0x0a, 0x40 },
  { "ipmi-sel", "--clear", "ipmi_sel_clear_sel", "internal IPMI error", 0x0a, 0x47, nil,
    { [0xc5] = true } },
  { "ipmi-sensors", "--sdr-info", "ipmi_cmd_get_sdr_repository_info", "precise", 0x0a, 0x20 },
  { "ipmi-sensors", "--quiet-cache", "ipmi_sdr_cache_create", "internal IPMI error",
    0x0a, 0x23, nil, { [0xc5] = true } },
  { "ipmi-fru", "--ignore-sdr-cache", "ipmi_fru_open_device_id", "internal IPMI error",
    0x0a, 0x10 },
  { "ipmi-dcmi", "--get-asset-tag", "ipmi_cmd_dcmi_get_asset_tag", "precise", 0x2c, 0x06, 0xdc },
}

for _, p in ipairs(programs) do
  local program, options, who, how, netfn, cmd, group, other = table.unpack(p, 1, 8)
  test(("%s %s"):format(program, options), function()
    local mc = bmc "server-1u"
    for cc, words in pairs(precise) do
      if not (other and other[cc]) then
        local answer = mc:answer(netfn, cmd, { cc = cc, group = group })
        local r = mc:freeipmi(program, options, { privilege = "admin" })
        expect(answer:struck() > 0)
        expect_eq(r.status, 1, ("exit status after %02Xh"):format(cc))
        r:says(("^%s: %s$"):format(who, how == "precise" and words or how))
        answer:remove()
      end
    end
  end)
end

test("ipmi-config leaves out what it cannot read, and tells with -vv", function()
  local mc = bmc "server-1u"
  for cc in pairs(precise) do
    local answer = mc:answer(0x06, 0x41, { cc = cc })
    local r = mc:freeipmi("ipmi-config", "--checkout --section=Lan_Channel -vv",
                          { privilege = "admin" })
    expect_eq(r.status, 1)
    r:says "Unable to checkout Lan_Channel:Volatile_Access_Mode"
    r:lacks "Always_Available$"
    answer:remove()
  end
end)
