-- The timer that postpones PEF can be armed, asked for and disarmed.
-- IPMI v2.0, 30.2.
tags "pef"
writes()

test("an armed timer can be asked for, and is disarmed with 0", function()
  local session = target():connect()
  local reply = optional(session:cmd(0x04, 0x11, { 100 }), "Arm PEF Postpone Timer")
  expect_eq(expect_cc(reply)[1], 100, "it is armed")
  local left = expect_cc(session:cmd(0x04, 0x11, { 0xff }))[1]
  expect(left >= 98 and left <= 100, "asked for, it has not begun anew")
  expect_eq(expect_cc(session:cmd(0x04, 0x11, { 0x00 }))[1], 0, "it is disarmed")
end)
