-- "chassis bootparam get" shows each parameter of the boot options in words.
-- IPMI v2.0, table 28-14.
tags("client", "boot")

local parameters = {
  { "00 01", "Set In Progress : set in progress" },
  { "01 07", "Service Partition Selector : 7" },
  { "02 03", "Service Partition Scan :" },
  { "03 1f", "BMC boot flag valid bit clearing :" },
  { "04 ff 00", "Boot Info Acknowledge :" },
  { "06 01 44 33 22 11 00 f3 55 69", "Channel Number : 1" },
}

test("as they were set", function()
  local mc = bmc "server-1u"
  for _, parameter in ipairs(parameters) do
    local octets, words = hex(parameter[1]), parameter[2]
    local number = octets:byte(1)
    mc:answer(0x00, 0x09, { data = string.char(1, number) .. octets:sub(2) })
    local r = mc:ipmitool("chassis bootparam get " .. number):ok()
    r:says(("Boot parameter %d is valid/unlocked"):format(number))
    r:says(words)
  end
end)

test("one that is marked invalid", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x00, 0x08, { 0x85 }))
  mc:ipmitool("chassis bootparam get 5"):ok():says "^Boot parameter 5 is invalid/locked$"
end)

test("one that there is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootparam get 96"):fails "Unsupported parameter"
end)
