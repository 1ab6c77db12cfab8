-- "sensor get" and "sensor reading" show one sensor, or several. IPMI v2.0, 35.
tags("client", "sensor")

test("status and thresholds follow the sensor", function()
  local mc = bmc "server-1u"
  for value, status in pairs { [22] = "ok", [3] = "Lower Non-Critical",
                               [40] = "Upper Non-Critical", [50] = "Upper Non-Recoverable" } do
    mc:sensor "Inlet Temp":set(value)
    local shown = mc:ipmitool [[sensor get "Inlet Temp"]]:ok():fields()
    expect_eq(shown["Sensor Reading"], value .. " (+/- 0) degrees C")
    expect_eq(shown["Status"], status)
  end
end)

test("two readings, and no more than that", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(31)
  mc:sensor "VBAT":set(3.04)
  expect_eq(mc:ipmitool [[sensor reading "Inlet Temp" VBAT]]:ok():table(),
            { { "Inlet Temp", "31" }, { "VBAT", "3.040" } })
end)

test("a sensor that there is not", function()
  bmc "server-1u":ipmitool("sensor get Nothing"):fails 'Sensor data record "Nothing" not found!'
end)
