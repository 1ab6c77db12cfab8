-- ipmi-sel has words for what an event means, by the sensor's type and by the
-- kind of event. IPMI v2.0, 42.1, 42.2.
tags("client", "ipmi-sel")

local generic = {
  { "01 00", "Lower Non%-critical %- going low" }, { "01 02", "Lower Critical %- going low" },
  { "01 04", "Lower Non%-recoverable %- going low" }, { "01 07", "Upper Non%-critical %- going high" },
  { "01 09", "Upper Critical %- going high" }, { "01 0b", "Upper Non%-recoverable %- going high" },
  { "02 00", "Transition to Idle" }, { "03 01", "State Asserted" },
  { "04 01", "Predictive Failure asserted" }, { "05 01", "Limit Exceeded" },
  { "06 01", "Performance Lags" }, { "07 02", "transition to Critical from less severe" },
  { "08 01", "Device Inserted/Device Present" }, { "09 01", "Device Enabled" },
  { "0b 01", "Redundancy Lost" }, { "0c 03", "D3" },
}
local special = {
  { "05", 0, "General Chassis Intrusion" }, { "07", 0, "IERR" }, { "07", 1, "Thermal Trip" },
  { "08", 1, "Power Supply Failure detected" }, { "09", 0, "Power Off/Power Down" },
  { "0c", 1, "Uncorrectable memory error" }, { "0d", 0, "Drive Presence" },
  { "0f", 0, "System Firmware Error" }, { "10", 4, "SEL Full" }, { "13", 0, "Front Panel NMI" },
  { "1d", 1, "Initiated by hard reset" }, { "20", 1, "Run%-time Critical Stop" },
  { "23", 1, "Hard Reset" }, { "23", 3, "Power Cycle" }, { "29", 1, "battery failed" },
  { "2b", 1, "Firmware or software change detected" },
}

local function event(mc, sensor_type, kind, offset)
  mc:sel_add("\0\0\2\0\0\0\0\x20\0\4" .. string.char(sensor_type, 0x77, kind, offset, 0xff, 0xff))
end

local function words(mc)
  return mc:freeipmi("ipmi-sel", "--ignore-sdr-cache --no-header-output"):ok():table()
end

test("events that any sensor has", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  for _, g in ipairs(generic) do
    local kind, offset = hex(g[1]):byte(1, 2)
    event(mc, 0xc0, kind, offset)
  end
  local rows = words(mc)
  for i, g in ipairs(generic) do expect_match(rows[i + 1][6], "^" .. g[2], g[1]) end
end)

test("events of a type of sensor", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  for _, s in ipairs(special) do event(mc, hex(s[1]):byte(), 0x6f, s[2]) end
  local rows = words(mc)
  for i, s in ipairs(special) do expect_match(rows[i + 1][6], "^" .. s[3], s[1]) end
end)
