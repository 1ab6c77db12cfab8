-- "sol info" shows the parameters of Serial over LAN, "sol set" writes them.
-- IPMI v2.0, 26.2, 26.3.
tags("client", "sol")

local function parameter(mc, n)
  return expect_cc(mc:cmd(0x0c, 0x22, { 1, n, 0, 0 })).data:sub(2)
end

local steps = {
  { "enabled false", 1, "00" }, { "force-encryption true", 2, "c4" },
  { "force-authentication true", 2, "c4" }, { "privilege-level admin", 2, "c4" },
  { "character-accumulate-level 2", 3, "02 32" }, { "character-send-threshold 50", 3, "02 32" },
  { "retry-count 5", 4, "05 14" }, { "retry-interval 20", 4, "05 14" },
  { "non-volatile-bit-rate 38.4", 5, "08" }, { "volatile-bit-rate 57.6", 6, "09" },
}

test("what is set is the BMC's", function()
  local mc = bmc "server-1u"
  local commands = {}
  for i, step in ipairs(steps) do commands[i] = ("sol set %s 1"):format(step[1]) end
  mc:ipmitool_exec(commands):ok()
  for _, step in ipairs(steps) do
    expect_eq(parameter(mc, step[2]), hex(step[3]), step[1])
  end
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  for n, octets in pairs { [2] = "42", [3] = "04 10", [4] = "03 28", [6] = "06" } do
    expect_cc(mc:cmd(0x0c, 0x21, string.char(1, n) .. hex(octets)))
  end
  local shown = mc:ipmitool("sol info 1"):ok():fields()
  expect_eq(shown["Enabled"], "true")
  expect_eq(shown["Force Authentication"], "true")
  expect_eq(shown["Force Encryption"], "false")
  expect_eq(shown["Privilege Level"], "USER")
  expect_eq(shown["Character Accumulate Level (ms)"], "20")
  expect_eq(shown["Character Send Threshold"], "16")
  expect_eq(shown["Retry Count"], "3")
  expect_eq(shown["Retry Interval (ms)"], "400")
  expect_eq(shown["Volatile Bit Rate (kbps)"], "9.6")
end)

test("what is not understood is not sent", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sol set enabled maybe 1"):fails "Invalid value maybe"
  mc:ipmitool("sol set volatile-bit-rate 300 1"):fails "Valid values are"
  trace:none { "Set SOL Configuration Parameters", link = "clear" }
end)
