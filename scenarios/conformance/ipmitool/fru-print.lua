-- "fru print" shows chassis, board and product of each inventory. Platform Management
-- FRU Information Storage Definition v1.0; IPMI v2.0, 34.
tags("client", "fru")

test("every inventory that the records tell of", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("fru print"):ok()
  r:says "^FRU Device Description : Builtin FRU Device %(ID 0%)$"
  r:says "^FRU Device Description : PSU1 FRU %(ID 1%)$"
  r:says "^FRU Device Description : DIMM A1 FRU %(ID 2%)$"
end)

test("what stands in it", function()
  local mc = bmc "server-1u"
  local octets = mc:fru(0)
  local shown = mc:ipmitool("fru print 0"):ok():fields()
  for _, name in ipairs { "Chassis Serial", "Board Product", "Board Serial", "Product Name",
                          "Product Serial", "Product Asset Tag" } do
    expect(octets:find(shown[name], 1, true), name .. ": " .. shown[name])
  end
  expect_eq(shown["Chassis Type"], "Rack Mount Chassis")
  expect_eq(shown["Board Mfg Date"], "Fri Mar 14 09:30:00 2025 UTC")
end)

test("one that there is not", function()
  bmc "server-1u":ipmitool("fru print 99"):fails "Device not present"
end)
