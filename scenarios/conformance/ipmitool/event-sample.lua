-- "event 1", "2" and "3" send events that the BMC logs. IPMI v2.0, 29.3.
tags("client", "event")

test("each as it says", function()
  local mc = bmc "server-1u"
  local events = { { 0x01, 0x30, 0x01, 0x09 }, { 0x02, 0x60, 0x01, 0x02 },
                   { 0x0c, 0x53, 0x6f, 0x00 } }
  for n, event in ipairs(events) do
    mc:ipmitool("event " .. n):ok():says "^Sending SAMPLE event: "
    local last = mc:sel_entry(0xffff)
    expect_eq({ last.sensor_type, last.sensor, last.event_type, last.offset }, event)
    expect_eq(last.generator, 0x1081, "of a console's software, over channel 1")
  end
end)

test("from a file", function()
  local mc = bmc "server-1u"
  run { "tee", "events", input = "0x04 0x0c 0x2e 0x6f 0x01 0xff 0xff\n" }:ok()
  mc:ipmitool("event file events"):ok():says "Memory #0x2e | Uncorrectable ECC | Asserted"
  expect_eq(mc:sel_entry(0xffff).data, { 0x01, 0xff, 0xff })
end)
