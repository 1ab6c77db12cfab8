-- "sdr list" and "sdr elist" show each sensor's record with its reading.
-- IPMI v2.0, 33, 35.14.
tags("client", "sdr")

test("a reading in its units, and as it changes", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(31)
  mc:sensor "Fan 1A":set(6000)
  local list = mc:ipmitool("sdr elist full"):ok()
  expect_eq(list:row "Inlet Temp", { "Inlet Temp", "01h", "ok", "55.1", "31 degrees C" })
  expect_eq(list:row("Fan 1A")[5], "6000 RPM")
  expect_eq(mc:ipmitool("sdr list full"):ok():row "Inlet Temp",
            { "Inlet Temp", "31 degrees C", "ok" })
end)

test("past its thresholds, by how much it matters", function()
  local mc = bmc "server-1u"
  for value, word in pairs { [40] = "nc", [44] = "cr", [49] = "nr", [3] = "nc" } do
    mc:sensor "Inlet Temp":set(value)
    expect_eq(mc:ipmitool("sdr list full"):ok():row("Inlet Temp")[3], word, value .. " degrees")
  end
end)

test("discrete states in words", function()
  local mc = bmc "server-1u"
  mc:sensor "PSU1 Status":state(1)
  mc:sensor "Fan Redundancy":state(0, false)
  mc:sensor "Fan Redundancy":state(1)
  local list = mc:ipmitool("sdr elist compact"):ok()
  expect_eq(list:row("PSU1 Status")[5], "Presence detected, Failure detected")
  expect_eq(list:row("Fan Redundancy")[5], "Redundancy Lost")
end)

test("as many as there are records", function()
  local mc = bmc "server-1u"
  expect_eq(#mc:ipmitool("sdr elist all"):ok():table(), #mc:sdrs())
end)
