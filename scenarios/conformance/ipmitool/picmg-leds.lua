-- "picmg led" shows the lamps of a FRU, and overrides them. PICMG 3.0, 3.2.5.
tags("client", "picmg")

local function state(mc) return expect_cc(mc:cmd(0x2c, 0x08, { 0, 0, 1 })).data end

test("overridden, and left to the controller again", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg led prop 0"):ok():says "General Status LED Properties: +0x ?f"
  mc:ipmitool("picmg led cap 0 1"):ok():says "LED Color Capabilities: RED, AMBER"
  local before = state(mc)
  mc:ipmitool("picmg led get 0 1"):ok():says "%[LOCAL CONTROL%]"
  mc:ipmitool("picmg led set 0 1 50 30 4"):ok()
  expect_eq(state(mc):byte(2) & 2, 2, "overridden")
  mc:ipmitool("picmg led get 0 1"):ok():says "Override Color: +4 +%[AMBER%]"
  mc:ipmitool("picmg led set 0 1 252 0 15"):ok()
  expect_eq(state(mc), before)
  mc:ipmitool("picmg led set 0 1 252 0 4"):ok()
  mc:ipmitool("picmg led get 0 1"):ok():says "Local Control Color: +4 +%[AMBER%]"
end)
