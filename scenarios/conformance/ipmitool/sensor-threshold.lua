-- "sensor thresh" moves a threshold; the sensor acts by it from then on.
-- IPMI v2.0, 35.8.
tags("client", "sensor")

-- Lower 1-3, upper 1-3: non-critical, critical, non-recoverable; raw.
local function thresholds(mc)
  return { expect_cc(mc:cmd(0x04, 0x27, { 0x01 })).data:byte(2, 7) }
end

test("one, or three of a side", function()
  local mc = bmc "server-1u"
  mc:ipmitool [[sensor thresh "Inlet Temp" unc 37]]:ok()
  expect_eq(thresholds(mc)[4], 37)
  mc:ipmitool [[sensor thresh "Inlet Temp" upper 40 50 60]]:ok()
  expect_eq({ table.unpack(thresholds(mc), 4, 6) }, { 40, 50, 60 })
  expect_eq(mc:ipmitool("sensor list"):ok():row("Inlet Temp")[9], "50.000")
end)

test("in the sensor's units", function()
  local mc = bmc "server-1u"
  mc:ipmitool "sensor thresh P12V ucr 12.9":ok()
  expect_match(mc:ipmitool("sensor list"):ok():row("P12V")[9], "^12%.9")
end)

test("what falls beneath the reading is an event", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(30)
  mc:ipmitool [[sensor thresh "Inlet Temp" unc 25]]:ok()
  mc:ipmitool("sel elist last 1"):ok()
    :says "Inlet Temp | Upper Non%-critical going high | Asserted | Reading 30 > Threshold 25"
end)

test("what a sensor does not have cannot be set", function()
  local mc = bmc "server-1u"
  local before = thresholds(mc)
  mc:ipmitool [[sensor thresh "Inlet Temp" lcr 2]]:says "Error setting threshold"
  mc:ipmitool [[sensor thresh "CPU1 Status" unc 37]]:fails "Invalid sensor type"
  expect_eq(thresholds(mc), before)
end)
