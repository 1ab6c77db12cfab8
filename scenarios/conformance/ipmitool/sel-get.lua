-- "sel get" shows all of an entry, and of its sensor; "-v sel list" the same of all.
-- IPMI v2.0, 31.5.
tags("client", "sel")

test("what the record has", function()
  local mc = bmc "server-1u"
  local id = mc:sel_add(packet.sel_event { sensor_type = 0x08, sensor = 0x27, event_type = 0x6f,
                                           data = { 0xa1, 0x12, 0x34 }, generator = 0x0020 })
  local r = mc:ipmitool(("sel get %d"):format(id)):ok()
  local shown = r:fields()
  expect_eq(shown["SEL Record ID"], ("%04x"):format(id))
  expect_eq(shown["Generator ID"], "0020")
  expect_eq(shown["Sensor Type"], "Power Supply")
  expect_eq(shown["Event Direction"], "Assertion Event")
  expect_eq(shown["Event Data (RAW)"], "a11234")
  expect_eq(shown["Description"], "Failure detected")
  r:says "^Sensor ID              : PSU1 Status %(0x27%)$"
  mc:ipmitool("sel list last 1", { args = { "-v" } }):ok()
    :says "^ Event Data            : a11234$"
end)

test("one that there is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sel get 0x7777"):fails "Requested sensor, data, or record not found"
  trace:expect { "Get SEL Entry", cc = 0xcb, link = "clear" }
end)
