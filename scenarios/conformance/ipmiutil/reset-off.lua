-- What is off is not cycled: the client says that it was refused.
tags("client", "power")

test("a cycle of what is off", function()
  local mc = bmc "server-1u"
  mc:power "off"
  poll(function() return not mc:chassis_status().power end, 10, "the system is off")
  mc:ipmiutil "reset -c":says "ccode = d5"
  expect_eq(mc:chassis_status().power, false, "it is still off")
end)
