-- An event that is sent to the BMC stands in its log. IPMI v2.0, 29.3.
tags "event"
writes()

test("a platform event message is logged", function()
  local session = target():connect()
  local before = session:sel_info().entries
  local event = { 0x04, 0x01, 0x30, 0x01, 0x57, 0x40, 0x3c }
  expect_cc(session:cmd(0x04, 0x02, event))
  expect_eq(session:sel_info().entries, before + 1, "there is one record more")
  local entry = session:sel_entry(0xffff)
  expect_eq(entry.type, 0x02, "it is a system event record")
  expect_eq({ entry.sensor_type, entry.sensor, entry.event_type }, { 0x01, 0x30, 0x01 })
  expect_eq(entry.data, { 0x57, 0x40, 0x3c }, "the event data")
  expect_eq(entry.generator & 0x01, 1, "the generator is software: the remote console")
end)

test("event data that are left out are FFh", function()
  local session = target():connect()
  expect_cc(session:cmd(0x04, 0x02, { 0x04, 0x12, 0x31, 0x6f, 0x01 }))
  expect_eq(session:sel_entry(0xffff).data, { 0x01, 0xff, 0xff })
end)
