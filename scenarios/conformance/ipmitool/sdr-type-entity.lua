-- "sdr type" shows the sensors of a type, "sdr entity" those of an entity.
-- IPMI v2.0, tables 42-3 and 43-13.
tags("client", "sdr")

local function names(result)
  local list = {}
  for _, row in ipairs(result:ok():table()) do list[#list + 1] = row[1] end
  return list
end

test("a type by name and by number", function()
  local mc = bmc "server-1u"
  local expected = {}
  for _, sensor in ipairs(mc:sensors()) do
    if sensor.type == 0x04 then expected[#expected + 1] = sensor.name end
  end
  expect_eq(names(mc:ipmitool "sdr type Fan"), expected)
  expect_eq(names(mc:ipmitool "sdr type 0x04"), expected)
end)

test("an entity with and without instance", function()
  local mc = bmc "server-1u"
  expect_eq(#names(mc:ipmitool "sdr entity 29"), 8, "each fan")
  expect_eq(names(mc:ipmitool "sdr entity 29.3"), { "Fan 2A" })
  expect_eq(names(mc:ipmitool "sdr entity 10"), { "PSU1 FRU", "PSU1 Temp", "PSU1 Input",
                                                  "PSU1 Current", "PSU1 Status" })
end)

test("one that there is not", function()
  local mc = bmc "server-1u"
  expect_eq(names(mc:ipmitool "sdr entity 99"), {})
  mc:ipmitool("sdr type nothing"):says 'Sensor Type "nothing" not found'
end)
