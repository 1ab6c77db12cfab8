-- An EEPROM that stands on the IPMB itself is read over the wire, between the controllers' frames:
-- START, the offset, START again, the octets. IPMI v2.0, 22.11; I2C-bus specification.
tags("bus", "i2c")

local machine = { name = "eeprom", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x3f 32473 1
mc_add 0x72 0x21 no-device-sdrs 1 1 0 0x20 32473 2
i2c_eeprom 0x20 ipmb 0xa6 256 data 0x11 0x22 0x33 0x44 0x55 0x66 0x77 0x88
mc_enable 0x20
mc_enable 0x72
]] }

test("eight octets are read over the bus, in 1.03 ms", function()
  local b = bmc(machine)
  local reply = expect_cc(b:cmd(0x06, 0x52, { 0x00, 0xa6, 8, 0x00 }))
  expect_eq(reply.data, hex "11 22 33 44 55 66 77 88")
  -- START, address and offset, START, address and eight octets, STOP: 3 + 9 x 11 bits.
  expect_near(now(), (3 + 9 * (1 + 1 + 1 + 8)) * 10e-6, 1e-9)
end)

test("it is read between others' frames", function()
  local b = bmc(machine)
  local node = b.chassis:controller(0x10)
  local asked = 0
  spawn(function()
    while true do
      expect_cc(node:ask(0x72, 0x06, 0x01))
      asked = asked + 1
      sleep("1ms")
    end
  end)
  for _ = 1, 20 do
    expect_eq(expect_cc(b:cmd(0x06, 0x52, { 0x00, 0xa6, 2, 0x06 })).data, hex "77 88")
  end
  expect(asked > 5, "the others were not starved")
end)

test("it is not read when nobody is there, or the wire is damaged", function()
  local b = bmc(machine)
  expect_cc(b:cmd(0x06, 0x52, { 0x00, 0xae, 2, 0x00 }), 0x83, "nobody")
  b.chassis:bus():fault { effect = "stick", to = 0xa6, count = 3, times = 1 }
  expect_cc(b:cmd(0x06, 0x52, { 0x00, 0xa6, 2, 0x00 }), 0x82, "a bus error")
end)
