-- "mc setsysinfo" keeps names of the system in the BMC, "mc getsysinfo" shows them;
-- long ones go in blocks. IPMI v2.0, 22.14a, 22.14b.
tags("client", "system-info")

local numbers = { system_fw_version = 1, system_name = 2, primary_os_name = 3, os_name = 4 }

-- The text of a parameter as the BMC has it: blocks of 16, the first with encoding
-- and length.
local function kept(mc, number)
  local first = expect_cc(mc:cmd(0x06, 0x59, { 0, number, 0, 0 })).data
  local length, text, block = first:byte(4), first:sub(5), 1
  while #text < length do
    text = text .. expect_cc(mc:cmd(0x06, 0x59, { 0, number, block, 0 })).data:sub(3)
    block = block + 1
  end
  return text:sub(1, length)
end

test("what is set is kept, and read back", function()
  local mc = bmc "server-1u"
  local commands = {}
  for name in pairs(numbers) do
    commands[#commands + 1] = ('mc setsysinfo %s "this is %s"'):format(name, name)
    commands[#commands + 1] = "mc getsysinfo " .. name
  end
  local r = mc:ipmitool_exec(commands):ok()
  for name, number in pairs(numbers) do
    expect_eq(kept(mc, number), "this is " .. name)
    r:says("^this is " .. name .. "$")
  end
end)

test("a name of three blocks", function()
  local mc = bmc "server-1u"
  local name = "Debian GNU/Linux 12, a name in three blocks"
  mc:ipmitool { "mc", "setsysinfo", "os_name", name }:ok()
  expect_eq(kept(mc, 4), name)
  expect_eq(mc:ipmitool("mc getsysinfo os_name"):ok().stdout, name .. "\n")
end)

test("a manufacturer's name that this BMC does not have", function()
  bmc "server-1u":ipmitool("mc getsysinfo delloem_url"):says "not supported"
end)
