-- A satellite without power does not acknowledge its address and makes no events; with power again it
-- starts as after a cold reset, and what was in its flash is still there.
tags("bus", "presence")

test("without power nothing, with power the same as before", function()
  local chassis = bmc("twin").chassis
  local node, satellite = chassis:controller(0x10), chassis:mc(0x72)
  local fru = satellite:fru(0)
  satellite:write_fru("\xaa\xbb\xcc", #fru - 3)
  chassis:power(0x72, false)
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  sleep(10)
  chassis:power(0x72, true)
  wait_until(function() return node:ask(0x72, 0x06, 0x01).cc == 0 end, 10, "it is back")
  expect_eq(satellite:fru(0):sub(-3), "\xaa\xbb\xcc", "its FRU was kept")
  expect_cc(node:ask(0x74, 0x06, 0x01))
end)
