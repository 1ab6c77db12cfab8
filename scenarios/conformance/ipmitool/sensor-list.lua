-- "sensor list" shows readings with all six thresholds, "na" where there is none.
-- IPMI v2.0, 35.9, 35.14.
tags("client", "sensor")

test("a row of ten cells", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(31)
  mc:sensor "P12V":set(11.97)
  local list = mc:ipmitool("sensor list"):ok()
  expect_eq(table.concat(list:row "Inlet Temp", "|"),
            "Inlet Temp|31.000|degrees C|ok|na|na|5.000|38.000|43.000|48.000")
  expect_eq(table.concat(list:row "P12V", "|"),
            "P12V|11.970|Volts|ok|10.206|10.773|11.403|12.600|13.230|13.797")
end)

test("every reading is the sensor's own", function()
  local mc = bmc "server-1u"
  local values = {}
  for _, row in ipairs(mc:ipmitool("sensor list"):ok():table()) do
    if row[3] ~= "discrete" then
      local sensor = mc:sensor(row[1])
      sensor:set(sensor:value())                  -- it wanders no more
      values[row[1]] = sensor:value()
    end
  end
  local list = mc:ipmitool("sensor list"):ok()
  for name, value in pairs(values) do
    expect_near(tonumber(list:row(name)[2]), value, 0.001, name)
  end
end)

test("states of discrete sensors as bits", function()
  local mc = bmc "server-1u"
  mc:sensor "SATA Cable":state(1)
  local row = mc:ipmitool("sensor list"):ok():row "SATA Cable"
  expect_eq({ row[3], row[4] }, { "discrete", "0x0380" })
end)
