-- "picmg deactivate" and "activate" move a board through its states, which its hot swap
-- sensor tells. PICMG 3.0, 3.2.4.
tags("client", "picmg")

-- The board's state M0 to M7 of its hot swap sensor.
local function state(board)
  for _, sensor in ipairs(board:sensors()) do
    if sensor.type == 0xf0 then
      local bits, n = sensor:states(), 0
      while bits > 1 do bits, n = bits >> 1, n + 1 end
      return n
    end
  end
end

test("off, and on again", function()
  local mc = bmc "shelf"
  local board = mc.chassis:mc(0x82)
  expect_eq(state(board), 4)
  mc:ipmitool("picmg deactivate 0", { bridge = 0x82 }):ok()
  sleep(5)
  expect_eq(state(board), 1)
  mc:ipmitool("picmg frucontrol 0 0", { bridge = 0x82 }):says "0xd5"
  mc:ipmitool("picmg activate 0", { bridge = 0x82 }):ok()
  sleep(5)
  expect_eq(state(board), 4)
  local log = mc:ipmitool("sel elist"):ok()
  for _, step in ipairs { 6, 1, 2, 3, 4 } do
    log:says(("B1 Hot Swap.-Transition to M%d"):format(step))
  end
end)

test("locked, it waits", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg deactivate 0", { bridge = 0x82 }):ok()
  mc:ipmitool("picmg policy set 0 1 1", { bridge = 0x82 }):ok()
  mc:ipmitool("picmg policy get 0", { bridge = 0x82 }):ok():says "^ activation locked"
  sleep(5)
  expect_eq(state(mc.chassis:mc(0x82)), 1)
end)

test("unlocked for deactivation, it goes", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg policy get 0", { bridge = 0x82 }):ok():says "^ deactivation locked"
  mc:ipmitool("picmg policy set 0 2 0", { bridge = 0x82 }):ok()
  sleep(5)
  expect_eq(state(mc.chassis:mc(0x82)), 1)
  local log = mc:ipmitool("sel elist"):ok()
  for _, step in ipairs { 5, 6, 1 } do
    log:says(("B1 Hot Swap.-Transition to M%d"):format(step))
  end
end)
