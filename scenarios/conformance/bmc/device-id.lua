-- Get Device ID says what a controller is, in 11 octets or 15.
-- IPMI v2.0, 20.1.
tags "device"

test("the answer is well formed", function()
  local reply = expect_cc(target():connect():cmd(0x06, 0x01))
  expect(#reply == 11 or #reply == 15,
         "it has 11 octets, or 15 with a firmware's auxiliary ones")
  expect_eq(reply[2] & 0x70, 0, "the reserved bits of the revision are 0")
  expect(reply[4] & 0x0f <= 9 and reply[4] >> 4 <= 9,
         "the firmware's minor revision is BCD")
  expect(reply[5] == 0x51 or reply[5] == 0x02, "the IPMI version is 1.5 or 2.0")
  expect_eq(reply[9] & 0xf0, 0, "a manufacturer's number has 20 bits")
end)

test("what RMCP+ speaks is IPMI 2.0", function()
  expect_eq(target():connect():device_id().ipmi, "2.0")
end)

test("the supported devices are there", function()
  local session = target():connect()
  local support = session:device_id().support
  local commands = { [0] = { 0x04, 0x2d, { 0xff } }, { 0x0a, 0x20 }, { 0x0a, 0x40 },
                     { 0x0a, 0x10, { 0x00 } }, [7] = { 0x00, 0x01 } }
  for bit, c in pairs(commands) do
    if support >> bit & 1 == 1 then
      expect_ne(session:cmd(c[1], c[2], c[3]).cc, 0xc1,
                ("the commands of bit %d"):format(bit))
    end
  end
end)
