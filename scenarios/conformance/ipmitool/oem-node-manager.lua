-- "nm": policies of Intel's Node Manager, at the BMC and at the Management Engine
-- behind it.
tags("client", "oem")

local board = { name = "board", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0x21 0xbf 343 0x004e
sel_enable 0x20 200 0x0a
host_watts 0x20 15 120 400 140
oem_profile 0x20 intel intel-nm
mc_enable 0x20
mc_add 0x2c 0 no-device-sdrs 0 3 0x15 0x20 343 0x0b00
oem_profile 0x2c intel-nm intel
mc_enable 0x2c
]] }

for where, bridge in pairs { ["at the BMC"] = { 0x20, 0 }, ["behind it"] = { 0x2c, 6 } } do
  test("a policy is kept, " .. where, function()
    local mc = bmc(board)
    local function nm(words) return mc:ipmitool("nm " .. words, { bridge = bridge }) end
    nm("discover"):ok():says "Node Manager Version 3%.0"
    nm("policy add domain platform policy_id 1 power 300 trig_lim 6000 stats 10 enable"):ok()
    local r = nm("policy get policy_id 1"):ok()
    r:says "Power Limit: +300 Watts"
    r:says "Correction Time Limit: +6000 milliseconds"
    nm("policy add policy_id 2 power 200 trig_lim 10 stats 10")
      :fails "Correction Time out of range"
    nm("policy get policy_id 9"):fails "Policy ID Invalid"
  end)
end

test("the Management Engine's firmware", function()
  local mc = bmc(board)
  mc:ipmitool("ime info", { bridge = { 0x2c, 0 } }):ok():says "Running Image Area +: CODE1"
  mc:ipmitool("ime info"):fails "Supported ME not found"
end)
