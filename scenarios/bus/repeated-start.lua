-- Reading a device takes a second START in the same transfer: nobody gets the wire between the two, so
-- what was addressed is what is read. I2C-bus specification, combined format.
tags("bus", "i2c")

local machine = { name = "pair of readers", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x3f 32473 1
mc_add 0x72 0x21 no-device-sdrs 1 1 0 0x20 32473 2
i2c_eeprom 0x20 ipmb 0xa6 256 data 0x11 0x22 0x33 0x44
mc_enable 0x20
mc_enable 0x72
]] }

test("two controllers read different octets at the same time, and each gets its own", function()
  local b = bmc(machine)
  local satellite, answers, left = b.chassis:mc(0x72), { {}, {} }, 2
  for who, row in ipairs { { b, 0 }, { satellite, 2 } } do
    spawn(function()
      for i = 1, 20 do
        answers[who][i] = expect_cc(row[1]:cmd(0x06, 0x52, { 0x00, 0xa6, 2, row[2] })).data
      end
      left = left - 1
    end)
  end
  wait_until(function() return left == 0 end, 5)
  for i = 1, 20 do
    expect_eq({ answers[1][i], answers[2][i] }, { "\x11\x22", "\x33\x44" }, "reading " .. i)
  end
  expect(b.chassis:bus():stats().arbitration_losses > 0, "they contended")
end)
