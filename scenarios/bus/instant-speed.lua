-- A bus can be told to take no time: everything else stays as it is, refusals, time-outs and resends.
-- ipmilab-emu(5), ipmb_speed.
tags "bus"

local machine = { name = "instant", emu = [[
ipmb_speed instant
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x3f 32473 1
mc_add 0x72 0x21 no-device-sdrs 1 1 0 0x20 32473 2
mc_enable 0x20
mc_enable 0x72
]] }

test("a hundred requests take no time", function()
  local chassis = bmc(machine).chassis
  local node = chassis:controller(0x10)
  for _ = 1, 100 do expect_cc(node:ask(0x72, 0x06, 0x01)) end
  expect_eq(now(), 0.0)
  expect_eq(chassis:bus():stats().frames, 200)
  expect_eq(node:ask(0x7a, 0x06, 0x01).ended, "not acknowledged")
end)

test("what is no bit takes its time", function()
  local chassis = bmc(machine).chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "lose", to = 0x72, times = 2 }
  expect_cc(node:ask(0x72, 0x06, 0x01))
  expect_near(now(), 0.5, 1e-9, "two time-outs")
end)
