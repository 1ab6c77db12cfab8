-- Behind a controller there are private I2C buses that the IPMB does not see: Master Write-Read
-- reads and writes what is on them. IPMI v2.0, 22.11.
tags("bus", "i2c")

local PRIVATE_0 = 0x01      -- bus 0, private

test("an EEPROM on a private bus is read from an offset, and holds FRU 0", function()
  local b = bmc "twin"
  local fru = b:fru(0)
  local reply = expect_cc(b:cmd(0x06, 0x52, { PRIVATE_0, 0xa0, 8, 0x00 }))
  expect_eq(reply.data, fru:sub(1, 8), "octets 0 to 7")
  expect_eq(b:cmd(0x06, 0x52, { PRIVATE_0, 0xa0, 4, 0x10 }).data, fru:sub(17, 20), "from 10h on")
end)

test("what is written there is what the FRU has", function()
  local b = bmc "twin"
  local last = #b:fru(0) - 1
  expect_cc(b:cmd(0x06, 0x52, { PRIVATE_0, 0xa0 | (last >> 8) << 1, 0, last & 0xff, 0x5a }))
  sleep("20ms")     -- the time that an EEPROM takes to write
  expect_eq(b:fru(0):byte(-1), 0x5a)
end)

test("nobody at an address, and no such bus", function()
  local b = bmc "twin"
  expect_cc(b:cmd(0x06, 0x52, { PRIVATE_0, 0xa8, 1, 0x00 }), 0x83, "NAK on write")
  expect_refused(b:cmd(0x06, 0x52, { 0x0f, 0xa0, 1, 0x00 }), "bus 7 is not there")
end)

test("the IPMB has nothing of it", function()
  local b = bmc "twin"
  expect_cc(b:cmd(0x06, 0x52, { PRIVATE_0, 0xa0, 8, 0x00 }))
  trace:none { link = "ipmb" }
end)
