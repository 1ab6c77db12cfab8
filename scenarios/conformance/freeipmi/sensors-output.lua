-- ipmi-sensors says the same in several ways.
tags("client", "ipmi-sensors")

local function says(options, pattern)
  test(options, function()
    local mc = bmc "server-1u"
    mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4 " .. options):ok():says(pattern)
  end)
end

says("--quiet-readings", "^4 +| Inlet Temp +| Temperature | 'OK'$")
says("--output-event-bitmask", "| C +| 00C0h$")
says("--output-sensor-state", "| Temperature | Nominal +| 2%d%.00 ")
says("--entity-sensor-names", "| OEM System Integrator Inlet Temp |")
says("--no-sensor-type-output", "^4 +| Inlet Temp | 2%d%.00 ")
says("--comma-separated-output", "^4,Inlet Temp,Temperature,2%d%.00,C,'OK'$")
says("--no-header-output", "^4 +| Inlet Temp | Temperature |")
says("--non-abbreviated-units", "| degrees C | 'OK'$")
says("--legacy-output", "^4: Inlet Temp %(Temperature%): 2%d%.00 C %(NA/43%.00%): %[OK%]$")
says("--ipmimonitoring-legacy-output", "^4 | Inlet Temp | Temperature | .*C | 2%d%.000000$")
says("--verbose", "^Upper Critical Threshold: 43%.000000 C$")
says("-vv", "^Positive Hysteresis: 2%.000000 C$")
says("-vv", "^Assertion Event Enabled: 'Upper Non%-recoverable %- going high'$")

test("one record for several sensors", function()
  local mc = bmc "server-1u"
  local function drives(words)
    return #mc:freeipmi("ipmi-sensors", "--quiet-cache --no-header-output --record-ids=59 " .. words)
               :ok():table()
  end
  expect_eq(drives(""), 1)
  expect_eq(drives("--shared-sensors"), 8)
  mc:sensor(63):state(1)
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=59 --shared-sensors"):ok()
    :says("| Drive  7 .*'Drive Fault'")
end)

test("what the repository is", function()
  local mc = bmc "server-1u"
  local r = mc:freeipmi("ipmi-sensors", "--sdr-info"):ok()
  r:says(("^SDR record count +: %d$"):format(#mc:sdrs()))
  r:says("^Delete SDR Command +: supported$")
end)
