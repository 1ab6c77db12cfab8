-- "sdr get" shows all of a sensor: factors, thresholds, what it can do.
-- IPMI v2.0, 43.1, 35.
tags("client", "sdr")

test("a sensor with thresholds", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(44)
  local shown = mc:ipmitool [[sdr get "Inlet Temp"]]:ok():fields()
  expect_eq(shown["Sensor ID"], "Inlet Temp (0x1)")
  expect_eq(shown["Entity ID"], "55.1 (Air Inlet)")
  expect_eq(shown["Sensor Reading"], "44 (+/- 0) degrees C")
  expect_eq(shown["Status"], "Upper Critical")
  expect_eq(shown["Upper critical"], "43.000")
  expect_eq(shown["Lower non-critical"], "5.000")
  expect_eq(shown["Positive Hysteresis"], "2.000")
  expect_eq(shown["Settable Thresholds"], "lnc unc ucr unr")
  expect_eq(shown["Assertion Events"], "unc+ ucr+")
end)

test("a discrete one", function()
  local mc = bmc "server-1u"
  mc:sensor "CPU1 Status":state(10)
  local r = mc:ipmitool [[sdr get "CPU1 Status"]]:ok()
  r:says "^Sensor ID              : CPU1 Status %(0x26%)$"
  r:says "^ Sensor Type %(Discrete%): Processor %(0x07%)$"
  r:says "%[Presence detected%]%s+%[Throttled%]"
end)

test("several at once, and one that there is not", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool [[sdr get "Fan 1A" P12V]]:ok()
  r:says "^Sensor ID +: Fan 1A"
  r:says "^Sensor ID +: P12V"
  mc:ipmitool "sdr get Nothing":says "Unable to find sensor id 'Nothing'"
end)
