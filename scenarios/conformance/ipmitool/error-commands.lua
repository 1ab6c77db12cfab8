-- Commands that a BMC refuses end with 1, and say which it was. IPMI v2.0, table 5-2.
tags("client", "errors")

local commands = {
  { 0x06, 0x01, "mc info", "Get Device ID command failed: " },
  { 0x06, 0x37, "mc guid", "" },
  { 0x06, 0x2f, "mc getenables", "Get Global Enables command failed: " },
  { 0x06, 0x25, "mc watchdog get", "" },
  { 0x00, 0x01, "chassis status", "Error sending Chassis Status command: " },
  { 0x00, 0x02, "power reset", "Set Chassis Power Control to Reset failed: " },
  { 0x00, 0x0f, "chassis poh", "Get Chassis Power%-On%-Hours failed: " },
  { 0x0a, 0x40, "sel info", "Get SEL Info command failed: " },
  { 0x0a, 0x42, "sel clear", "" },
  { 0x04, 0x10, "pef info", "" },
  { 0x06, 0x3d, "session info active", "Get Session Info command failed: " },
}

for _, command in ipairs(commands) do
  local netfn, cmd, words, said = table.unpack(command)
  test(words, function()
    local mc = bmc "server-1u"
    mc:answer(netfn, cmd, { cc = 0xc9 })
    mc:ipmitool(words):fails(said .. "Parameter out of range")
  end)
end

test("sel time get", { xfail = "ipmitool tells the error, and exits with 0" }, function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x48, { cc = 0xc9 })
  local r = mc:ipmitool "sel time get"
  expect_match(r.stderr, "Get SEL Time command failed: Parameter out of range")
  trace:expect { "Get SEL Time", cc = 0xc9, link = "clear" }
  r:fails()
end)
