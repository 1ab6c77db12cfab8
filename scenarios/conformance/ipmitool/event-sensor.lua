-- "event SENSOR STATE" sends an event in a sensor's name. IPMI v2.0, 29.3, 42.
tags("client", "event")

test("a threshold, crossed and left", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  mc:ipmitool_exec { [[event "Inlet Temp" unc]], [[event "Inlet Temp" ucr]],
                     [[event "Inlet Temp" lnc]], [[event "Inlet Temp" unc deassert]] }:ok()
  local log = mc:sel()
  for i, offset in ipairs { 7, 9, 0 } do
    local event = log[#log - 4 + i]
    expect_eq({ event.sensor_type, event.sensor, event.event_type, event.offset,
                event.deasserted }, { 0x01, 0x01, 0x01, offset, false })
  end
  expect(log[#log].deasserted)
end)

test("a state in words", function()
  local mc = bmc "server-1u"
  mc:ipmitool { "event", "PSU1 Status", "Failure detected" }:ok()
  local last = mc:sel_entry(0xffff)
  expect_eq({ last.sensor_type, last.sensor, last.event_type, last.offset },
            { 0x08, 0x27, 0x6f, 1 })
end)

test("a state that it does not have", function()
  local mc = bmc "server-1u"
  local before = mc:sel_info().entries
  mc:ipmitool { "event", "PSU1 Status", "on fire" }:fails "Unable to find matching event offset"
  expect_eq(mc:sel_info().entries, before)
end)
