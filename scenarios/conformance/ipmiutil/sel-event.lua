-- What happens in the chassis is in what ipmiutil sel prints next.
tags("client", "sel")

test("a fan that stops", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  local fan = mc:sensor "Fan 1A"
  fan:set(0)
  sleep(10)
  mc:ipmiutil "sel":ok():says(("Fan #%02x "):format(fan.number))
end)

test("an event that software adds", function()
  local mc = bmc "server-1u"
  local id = mc:sel_add(packet.sel_event { sensor_type = 0x12, sensor = 0x77, data = { 0x01 } })
  mc:ipmiutil "sel -l1":ok():says(("^%04x .*#77 "):format(id))
end)
