-- ipmi-sel says the same in several ways.
tags("client", "ipmi-sel")

local function says(options, pattern)
  test(options, function()
    bmc "server-1u":freeipmi("ipmi-sel", "--quiet-cache " .. options):ok():says(pattern)
  end)
end

says("--verbose",
     "^5 +| Dec%-22%-2025 | 00:10:00 | Intrusion +| Physical Security +| Deassertion Event | ")
says("--comma-separated-output", "^6,Dec%-29%-2025,00:00:00,Inlet Temp,Temperature,Upper Non%-critical")
says("--no-sensor-type-output", "^3 +| Dec%-02%-2025 | 00:02:30 | OS Boot +| C: boot completed$")
says("--entity-sensor-names", "| Memory Module Memory +| Memory ")
says("--non-abbreviated-units", "Sensor Reading = 39%.00 degrees C ; Threshold = 38%.00 degrees C$")
says("--legacy-output",
     "^4:22%-Dec%-2025 00:00:00:Physical Security Intrusion:General Chassis Intrusion")
says("--ignore-sdr-cache", "| Sensor #1 +| Temperature +| .* ; Sensor Reading = 27h ; Threshold = 26h$")
says("--utc-offset=3600", "^2 +| Dec%-02%-2025 | 01:01:40 | ")
says("--utc-offset=-3600", "^1 +| Dec%-01%-2025 | 23:00:00 | ")
says("--hex-dump", 
  "^RID:%[06%]%[00%] RT:%[02%] TS:%[80%]%[C4%]%[51%]%[69%] GID:%[20%]%[00%] ER:%[04%] ST:%[01%] "
    .. "SN:%[01%] EDIR:%[01%] ED1: %[57%] ED2: %[27%] ED3: %[26%]$")
says("--output-event-state", "| Inlet Temp +| Temperature +| Warning +| Upper Non%-critical")
says("--interpret-oem-data", "^8 .*Correctable memory error")

test("--no-header-output", function()
  local r = bmc "server-1u":freeipmi("ipmi-sel", "--quiet-cache --no-header-output"):ok()
  r:lacks("^ID ")
  expect_eq(#r:lines(), 8)
end)
