-- A change of the repository cancels the reservation, so that nobody puts a
-- record together of two. IPMI v2.0, 33.11, 33.12, 33.15.
tags "sdr"
writes()

-- An event-only record of a sensor that nobody has.
local record = "\0\0\x51\x03\x0d\x41\0\xf0\x01\x01\x01\x6f\0\0\0\0\xc1?"

test("deleting a record cancels the reservation", function()
  local bmc = target()
  local id = expect_cc(bmc:cmd(0x0a, 0x24, record), 0x00, "Add SDR").data
  local reservation = expect_cc(bmc:cmd(0x0a, 0x22), 0x00, "Reserve SDR Repository").data
  local function read()
    return bmc:cmd(0x0a, 0x23, reservation .. string.pack("<I2BB", 0, 5, 4))
  end
  expect_cc(read(), 0x00, "a partial read under the reservation")
  expect_cc(bmc:cmd(0x0a, 0x26, reservation .. id), 0x00, "Delete SDR")
  expect_cc(read(), 0xc5, "the same read afterwards")
end)

test("a partial read without a reservation is refused with C5h", function()
  local bmc = target()
  expect_cc(bmc:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, 0, 5, 4)), 0xc5)
  expect_cc(bmc:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, 0, 0, 5)), 0x00, "from the beginning it takes none")
end)
