-- A BMC knows why the system was restarted last. IPMI v2.0, 28.11.
tags "chassis"
only_lab()

local function cause(bmc)
  return expect_cc(bmc:cmd(0x00, 0x07), 0x00, "Get System Restart Cause")[1] & 0x0f
end

test("a restart by Chassis Control, by the watchdog, by a button", function()
  local bmc = target()
  bmc:power("reset")
  sleep(10)
  expect_eq(cause(bmc), 1, "Chassis Control")
  bmc:watchdog(2, "reset")
  sleep(10)
  expect_eq(cause(bmc), 4, "the watchdog")
  bmc.chassis.host:power("reset", "reset button")
  sleep(10)
  expect_eq(cause(bmc), 2, "the reset button")
end)
