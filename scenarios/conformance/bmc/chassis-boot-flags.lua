-- Boot flags count for one start, and for a minute if nobody starts the system.
-- IPMI v2.0, 28.12, 28.13.
tags "chassis"
only_lab()

test("flags that the system started with are not valid any more", function()
  local bmc = target()
  bmc:set_boot_device("pxe")
  bmc:power("cycle")
  bmc.chassis.host:wait("os", 55)
  local flags = bmc:boot_device()
  expect_eq(flags.valid, false, "the valid bit is cleared")
  expect_eq(flags.device, 1, "the rest is as it was written")
end)

test("flags that nobody uses lapse after 60 seconds", function()
  local bmc = target()
  bmc:set_boot_device("pxe")
  sleep(53)
  expect_eq(bmc:boot_device().valid, true, "after 53 seconds")
  sleep(14)
  expect_eq(bmc:boot_device().valid, false, "after 67 seconds")
end)
