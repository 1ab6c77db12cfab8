-- openipmicmd carries a request to the BMC and prints the answer's octets.
tags("client", "raw")

test("Get Device ID, as it came", function()
  local mc = bmc "server-1u"
  local wanted = expect_cc(mc:cmd(0x06, 0x01)).data
  local shown = mc:openipmicmd "0f 00 06 01":says "^0f 07 00 01 00 ([%x ]+)"
  expect_eq(hex(shown), wanted)
end)
