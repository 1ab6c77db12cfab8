-- ipmiutil reset switches the system off and on.
tags("client", "power")

test("down, and up", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "reset -d":ok():says "chassis_reset%(0%) ok"
  wait_until(function() return not mc:chassis_status().power end, 10, "the system is off")
  mc:ipmiutil "reset -u":ok():says "chassis_reset%(1%) ok"
  wait_until(function() return mc:chassis_status().power end, 10, "the system is on")
end)

for option, control in pairs { c = 2, r = 3, n = 4, D = 5 } do
  test(("-%s is operation %d of Chassis Control"):format(option, control), function()
    local mc = bmc "server-1u"
    mc:ipmiutil("reset -" .. option):ok():says(("chassis_reset%%(%d%%) ok"):format(control))
    trace:expect { "Chassis Control", direction = "from bmc", cc = 0 }
    expect_eq(trace:expect { "Chassis Control", answer = false }.data:byte(1), control)
  end)
end
