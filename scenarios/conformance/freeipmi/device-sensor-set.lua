-- bmc-device sets the reading of a sensor that can be set, and re-arms its
-- events by its record. IPMI v2.0, 35.13, 35.17.
tags("client", "bmc-device")

test("re-arming goes to the sensor of the record", function()
  local mc = bmc "server-1u"
  local request
  mc:command(0x04, 0x2a, function(r)
    request = r.data
    return r.original()
  end)
  mc:freeipmi("bmc-device", "--quiet-cache --rearm-sensor=4"):ok()
  expect_eq(request:byte(1), mc:sensor("Inlet Temp").number)
  expect_eq(request:byte(2) & 0x80, 0, "all events")
  mc:freeipmi("bmc-device", { "--quiet-cache", "--rearm-sensor=5 0x0080 0x0010" }):ok()
  expect_eq({ request:byte(1, -1) }, { mc:sensor("Exhaust Temp").number, 0x80, 0x80, 0x00, 0x10, 0x00 })
end)

test("re-arming tells an event again that still holds", function()
  local mc = bmc "server-1u"
  mc:sensor("Intrusion"):state(0)
  local before
  wait_until(function()
    before = mc:sel_info().entries
    return before == 9
  end)
  mc:freeipmi("bmc-device", "--quiet-cache --rearm-sensor=44"):ok()
  wait_until(function() return mc:sel_info().entries == 10 end, 10, "the event, again")
end)

test("a reading is written as it is told", function()
  local mc = bmc "server-1u"
  local request
  mc:command(0x04, 0x30, { length_min = 2 }, function(r)
    request = r.data
    return 0x00
  end)
  mc:freeipmi("bmc-device", { "--set-sensor-reading-and-event-status="
    .. "7 0x32 write 0x0081 write 0x0102 write 0x57 0x28 0x26 write" }):ok()
  expect_eq({ request:byte(1, -1) },
            { 7, 0x55, 0x32, 0x81, 0x00, 0x02, 0x01, 0x57, 0x28, 0x26 })
end)
