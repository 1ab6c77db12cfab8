-- A sensor that crosses a threshold, or changes its state: ipmi-sensors says what
-- it means, and how grave it is (non-critical is nominal to it). IPMI v2.0, 35.14, 42.
tags("client", "ipmi-sensors")

local function row(mc, record)
  return mc:freeipmi("ipmi-sensors", ("--quiet-cache --output-sensor-state --record-ids=%d")
                                       :format(record)):ok():table(true)[1]
end

for _, case in ipairs {
  { 22, "Nominal", "'OK'" },
  { 40, "Nominal", "'At or Above (>=) Upper Non-Critical Threshold'" },
  { 45, "Critical", "'At or Above (>=) Upper Critical Threshold'" },
  { 60, "Critical", "'At or Above (>=) Upper Non-Recoverable Threshold'" },
  { 2, "Nominal", "'At or Below (<=) Lower Non-Critical Threshold'" },
} do
  test(("an inlet of %d degrees"):format(case[1]), function()
    local mc = bmc "server-1u"
    mc:sensor("Inlet Temp"):set(case[1])
    local shown = row(mc, 4)
    expect_eq({ shown.State, shown.Event }, { case[2], case[3] })
  end)
end

test("states of discrete sensors", function()
  local mc = bmc "server-1u"
  mc:sensor("Intrusion"):state(0)
  mc:sensor("PSU1 Status"):state(1)
  local lid, supply = row(mc, 44), row(mc, 42)
  expect_eq({ lid.State, lid.Event }, { "Critical", "'General Chassis Intrusion'" })
  expect_eq(supply.State, "Critical")
  expect_eq(supply.Event, "'Presence detected' 'Power Supply Failure detected'")
  mc:sensor("Intrusion"):state(0, false)
  expect_eq(row(mc, 44).State, "Nominal")
end)
