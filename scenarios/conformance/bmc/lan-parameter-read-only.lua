-- What cannot be written says so. IPMI v2.0, 23.1, 23.2.
tags "lan-parameters"

test("writing a read-only LAN parameter is refused with 82h", function()
  local bmc = target()
  local set = {
    { 1, "\x3f", "authentication type support" },
    { 17, "\x0f", "number of destinations" },
    { 22, "\x10", "cipher suite entry support" },
    { 23, ("\0"):rep(17), "cipher suite entries" },
  }
  for _, row in ipairs(set) do
    local number, data, name = table.unpack(row)
    local before = bmc:lan_parameter(number)
    expect_cc(bmc:cmd(0x0c, 0x01, string.pack("BB", 1, number) .. data), 0x82, name)
    expect_eq(bmc:lan_parameter(number), before, name .. " is as it was")
  end
end)
