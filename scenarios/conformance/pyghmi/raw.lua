-- pyghmi carries any request to the BMC.
tags("client", "raw", "quick")

test("Get Device ID", function()
  local mc = bmc "server-1u"
  local r = mc:pyghmi("r = bmc.raw_command(netfn=6, command=1)\n" ..
                      "print(r['code'], bytearray(r['data']).hex())"):ok()
  local shown = r:says "^0 (%x+)$"
  expect_eq(hex(shown), expect_cc(mc:cmd(0x06, 0x01)).data)
end)

test("a completion code", function()
  bmc "server-1u":pyghmi("print(bmc.raw_command(netfn=6, command=0xff)['code'])"):ok():says "^193$"
end)
