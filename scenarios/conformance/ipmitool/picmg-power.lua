-- "picmg power" shows and sets the power level of a board. PICMG 3.0, 3.9.
tags("client", "picmg")

test("another level", function()
  local mc = bmc "shelf"
  local r = mc:ipmitool("picmg power get 0 0", { bridge = 0x82 }):ok()
  r:says "Actual Power Level: +3"
  r:says "Power Draw 3: +150"
  mc:ipmitool("picmg power set 0 2 1", { bridge = 0x82 }):ok()
  expect_eq(expect_cc(mc.chassis:mc(0x82):cmd(0x2c, 0x12, { 0, 0, 0 }))[2] & 0x1f, 2)
  mc:ipmitool("picmg power get 0 0", { bridge = 0x82 }):ok():says "Actual Power Level: +2"
end)
