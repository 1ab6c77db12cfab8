-- What is off is not cycled.
tags("client", "power")

test("a cycle of what is off: the client says that it was refused", function()
  local mc = bmc "server-1u"
  mc:power "off"
  wait_until(function() return not mc:chassis_status().power end, 10, "the system is off")
  local r = mc:ipmiutil "reset -c"
  r:says "ccode = d5"
  expect_eq(mc:chassis_status().power, false, "it is still off")
  trace:expect { "Chassis Control", direction = "from bmc", cc = 0xd5 }
  xfail "ipmiutil tries a way of another maker's then, and says that it was well"
  r:fails()
end)
