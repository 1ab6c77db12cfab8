-- A controller is pulled out and another put in while the lab runs: requests are refused meanwhile,
-- and what was in its memory is gone.
tags("bus", "presence")

test("pulled out, nobody acknowledges; put in, it is as described", function()
  local chassis = bmc("twin").chassis
  local node, satellite = chassis:controller(0x10), chassis:mc(0x72)
  expect_cc(node:ask(0x72, 0x06, 0x01))
  local fru = satellite:fru(0)
  satellite:write_fru("\xaa\xbb\xcc", #fru - 3)
  expect_eq(satellite:fru(0):sub(-3), "\xaa\xbb\xcc")
  chassis:remove(0x72)
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  satellite = chassis:insert(0x72)
  wait_until(function() return node:ask(0x72, 0x06, 0x01).cc == 0 end)
  expect_eq(satellite:fru(0), fru, "another one: what was written is gone")
end)

test("a controller leaves while a request to it is under way", function()
  local chassis = bmc("twin").chassis
  local node = chassis:controller(0x10)
  at("300us", function() chassis:remove(0x72) end)      -- of the 650 us that the frame takes
  local reply = node:ask(0x72, 0x06, 0x01)
  expect_eq(reply.ended, "not acknowledged", "the second sending finds nobody")
  expect_eq(chassis:bus():stats().naks, 1)
end)
