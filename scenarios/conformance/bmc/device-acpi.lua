-- The ACPI power states of system and device are of the table.
-- IPMI v2.0, 20.7.
tags "device"

test("Get ACPI Power State gives states of the table", function()
  local reply = expect_cc(optional(target():connect():cmd(0x06, 0x07), "Get ACPI Power State"))
  expect_eq(#reply, 2, "the answer has 2 octets")
  local system, device = reply[1] & 0x7f, reply[2] & 0x7f
  expect(system <= 0x0a or system == 0x20 or system == 0x21 or system == 0x2a,
         "the system's")
  expect(device <= 0x03 or device == 0x2a, "the device's")
end)

test("a state can be set, and another left as it is", { writes = true }, function()
  local session = target():connect()
  local before = expect_cc(optional(session:cmd(0x06, 0x07), "Get ACPI Power State"))
  expect_cc(session:cmd(0x06, 0x06, { 0x81, 0x7f }), 0x00, "the system is set to S1")
  expect_eq(expect_cc(session:cmd(0x06, 0x07)).data, "\x01" .. before.data:sub(2, 2))
  expect_cc(session:cmd(0x06, 0x06, { 0x80 | before[1], 0x7f }), 0x00, "and set back")
end)
