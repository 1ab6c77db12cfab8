-- The power-on hours counter says how many minutes a count is.
-- IPMI v2.0, 28.14.
tags "chassis"

test("Get POH Counter gives a unit and a count", function()
  local session = target():connect()
  local reply = expect_cc(optional(session:cmd(0x00, 0x0f), "Get POH Counter"))
  expect_eq(#reply, 5, "the answer has 5 octets")
  expect(reply[1] >= 1, "a count is a minute or more")
end)

test("the counter runs while the system is on", { only_lab = true }, function()
  local session = target():connect()
  if not session:chassis_status().power then skip "the system is off" end
  local before = expect_cc(optional(session:cmd(0x00, 0x0f), "Get POH Counter"))
  local bmc = target()
  sleep(before[1] * 60 * 3)
  expect_near(bmc:cmd(0x00, 0x0f):le(2, 4) - before:le(2, 4), 3, 1, "three units later")
end)
