-- pyghmi switches the system off and on, and waits until it is.
tags("client", "power", "quick")

test("off, and on again", function()
  local mc = bmc "server-1u"
  mc:pyghmi("print(bmc.set_power('off', wait=20))"):ok():says "'powerstate': 'off'"
  expect_eq(mc:chassis_status().power, false)
  mc:pyghmi("print(bmc.get_power())"):ok():says "'powerstate': 'off'"
  mc:pyghmi("print(bmc.set_power('on', wait=20))"):ok():says "'powerstate': 'on'"
  expect_eq(mc:chassis_status().power, true)
end)
