-- Serial over LAN as ipmi-config sets it. IPMI v2.0, 26.2, 26.3.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

local function parameter(mc, n)
  return expect_cc(mc:cmd(0x0c, 0x22, { 1, n, 0, 0 })).data:sub(2)
end

for _, key in ipairs {
  { "Enable_SOL", "No", 1, "00" },
  { "SOL_Privilege_Level", "Administrator", 2, "04" },
  { "Force_SOL_Payload_Authentication", "Yes", 2, "43" },
  { "Force_SOL_Payload_Encryption", "Yes", 2, "83" },
  { "Character_Accumulate_Interval", "20", 3, "14 60" },
  { "Character_Send_Threshold", "80", 3, "0a 50" },
  { "SOL_Retry_Count", "3", 4, "03 32" },
  { "SOL_Retry_Interval", "25", 4, "07 19" },
  { "Non_Volatile_Bit_Rate", "57600", 5, "09" },
  { "Volatile_Bit_Rate", "38400", 6, "08" },
} do
  local name, value, number, octets = table.unpack(key)
  test(name, function()
    local mc = bmc "server-1u"
    config(mc, "--commit", ("--key-pair=SOL_Conf:%s=%s"):format(name, value)):ok()
    expect_eq(parameter(mc, number), hex(octets))
    config(mc, "--checkout", "--section=SOL_Conf"):ok():says(("^\t%s +%s$"):format(name, value))
  end)
end

test("a console that is not enabled is not to be had", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "--key-pair=SOL_Conf:Enable_SOL=No"):ok()
  mc:ipmiconsole():expect("SOL unavailable")
end)
