-- ipmi-pet says the same of a trap in several ways; and asks the BMC for nothing
-- but the records.
tags("client", "ipmi-pet")

local trap = "65801 01 70 41 20 1b 6c 3a 9d 0e 4b c4 51 7a 2d 8e 0f 00 01 34 aa dc 80 ff ff "
  .. "20 20 10 20 01 37 01 59 2e 2b 00 00 00 00 00 ff 00 00 7e d9 01 01 c1"

local function says(options, pattern)
  test(options, function()
    bmc "server-1u":freeipmi("ipmi-pet", "--quiet-cache " .. options .. " " .. trap):ok():says(pattern)
  end)
end

says("--verbose", "| Critical condition +| Assertion Event +| Upper Critical")
says("--output-event-severity", "| Temperature +| Critical condition +| Upper Critical")
says("--output-event-state", "| Temperature +| Critical +| Upper Critical")
says("--entity-sensor-names", "| OEM System Integrator Inlet Temp +|")
says("--no-sensor-type-output", "| Inlet Temp +| Upper Critical")
says("--comma-separated-output", "^Jan%-01%-2026,00:00:00,Inlet Temp,Temperature,Upper Critical ")
says("--no-header-output", "^Jan%-01%-2026 | 00:00:00 | Inlet Temp ")
says("--non-abbreviated-units", "Sensor Reading = 46%.00 degrees C | Threshold = 43%.00 degrees C$")
says("--manufacturer-id=343 --product-id=1", "Sensor Reading = 46%.00 C")

test("traps of a file, and of the input", function()
  local mc = bmc "server-1u"
  run({ "sh", "-c", "cat >traps", input = trap .. "\n" .. trap .. "\n" }):ok()
  local r = mc:freeipmi("ipmi-pet", "--quiet-cache --no-header-output --file=traps"):ok()
  expect_eq(#r:lines(), 2)
  mc:freeipmi("ipmi-pet", "--quiet-cache", { input = trap .. "\n" }):ok():says("| Inlet Temp ")
end)

test("a trap that is too short", function()
  bmc "server-1u":freeipmi("ipmi-pet", "--quiet-cache 65801 01 70")
    :fails("Invalid number of variable binding bytes")
end)
