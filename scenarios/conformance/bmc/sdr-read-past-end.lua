-- What is asked for beyond a record's end cannot be returned. IPMI v2.0, 33.12.
tags "sdr"

test("reading past a record's end is refused with CAh", function()
  local bmc = target()
  local reservation = expect_cc(bmc:cmd(0x0a, 0x22), 0x00, "Reserve SDR Repository").data
  local function read(offset, count)
    return bmc:cmd(0x0a, 0x23, reservation .. string.pack("<I2BB", 0, offset, count))
  end
  local size = 5 + expect_cc(read(0, 5), 0x00, "the header")[7]
  expect_eq(#expect_cc(read(size - 4, 4), 0x00, "the last four octets"), 6, "next id and four octets")
  expect_cc(read(size - 4, 5), 0xca, "five octets where there are four")
  expect_cc(read(0, size + 1), 0xca, "an octet more than the record has")
end)
