-- An event for which a BMC has no room anywhere is refused, so that its sender tries
-- again: the log is full, and filtering, which would look at it all the same, is off.
-- IPMI v2.0, 17, 29.3.
tags "event"
only_lab()

local event = { 0x04, 0x01, 0x30, 0x01, 0x57, 0x40, 0x3c }

local function filter(session, control)
  expect_cc(session:cmd(0x04, 0x12, { 0x01, control }), 0x00, "PEF control")
end

test("an event that nobody can take is refused with C4h", function()
  local session = target():connect()
  while session:sel_info().free > 0 do
    expect_cc(session:cmd(0x0a, 0x44, packet.sel_event {}))
  end
  filter(session, 1)
  expect_cc(session:cmd(0x04, 0x02, event), 0x00, "it is filtered")
  filter(session, 0)
  expect_cc(session:cmd(0x04, 0x02, event), 0xc4, "nobody has it")
  expect_eq(session:sel_info().overflow, true, "and something was lost")
  session:sel_clear()
  expect_cc(session:cmd(0x04, 0x02, event), 0x00, "there is room again")
end)
