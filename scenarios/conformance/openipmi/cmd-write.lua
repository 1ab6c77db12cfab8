-- What openipmicmd writes is in the BMC.
tags("client", "raw")

test("the system is switched off and on", function()
  local mc = bmc "server-1u"
  mc:openipmicmd "0f 00 00 02 00":says "^0f 01 00 02 00"
  wait_until(function() return not mc:chassis_status().power end, 10, "the system is off")
  mc:openipmicmd "0f 00 00 02 01":says "^0f 01 00 02 00"
  wait_until(function() return mc:chassis_status().power end, 10, "the system is on")
end)

test("a LAN parameter", function()
  local mc = bmc "server-1u"
  mc:openipmicmd "0f 00 0c 01 01 0c c6 33 64 4d":says "^0f 0d 00 01 00"
  expect_eq(mc:lan_parameter(12), string.char(198, 51, 100, 77))
end)
