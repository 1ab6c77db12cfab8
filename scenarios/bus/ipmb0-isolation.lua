-- A controller can be taken off one of the two buses of IPMB-0 with Set IPMB State; its link sensor
-- says so, and the other bus carries all. PICMG 3.0, 3.8.2.
tags("bus", "ipmb-0")

local function link_sensor(mc)
  for _, sensor in ipairs(mc:sensors()) do
    if sensor.type == 0xf1 then return sensor end
  end
end

test("82h leaves bus A and comes back", function()
  local chassis = bmc("shelf").chassis
  local board = chassis:mc(0x82)
  expect_eq(link_sensor(board):states(), 1 << 3, "A and B work")
  -- IPMB-A: isolate all links; FFh: leave IPMB-B as it is.
  expect_cc(board:cmd(0x2c, 0x09, { 0x00, 0x00, 0xff }))
  sleep(0.1)
  expect_eq(link_sensor(board):states(), 1 << 2, "A disabled, B enabled")
  local node = chassis:bus("ipmb0-a"):controller(0x10)
  expect_eq(node:ask(0x82, 0x06, 0x01).ended, "not acknowledged", "on A it is not")
  expect_cc(chassis:bus("ipmb0-b"):controller(0x12):ask(0x82, 0x06, 0x01), 0x00, "on B it is")
  expect_cc(board:cmd(0x2c, 0x09, { 0x00, 0x01, 0xff }))
  sleep(0.1)
  expect_cc(node:ask(0x82, 0x06, 0x01), 0x00, "on A again")
  expect_eq(link_sensor(board):states(), 1 << 3)
end)
