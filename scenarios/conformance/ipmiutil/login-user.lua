-- A user with few privileges sees, and cannot change.
tags("client", "session")

local monitor = { user = "monitor", password = "monitor", privilege = "user" }

test("he sees the sensors", function()
  bmc "server-1u":ipmiutil("sensor -i 4", monitor):ok():says "Inlet Temp"
end)

test("he does not switch the system off", function()
  local mc = bmc "server-1u"
  mc:ipmiutil("reset -d", monitor)
  expect_eq(mc:chassis_status().power, true, "it is still on")
  trace:expect { "Chassis Control", direction = "from bmc", cc = 0xd4 }
end)
