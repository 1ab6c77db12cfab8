-- The power restore policy can be asked for without changing it.
-- IPMI v2.0, 28.8, 28.2.
tags "chassis"

test("asking what is possible changes nothing", function()
  local session = target():connect()
  local before = session:cmd(0x00, 0x01)[1] & 0x60
  local reply = optional(session:cmd(0x00, 0x06, { 0x03 }), "Set Power Restore Policy")
  expect(expect_cc(reply)[1] & 0x07 ~= 0, "there is a policy that is supported")
  expect_eq(session:cmd(0x00, 0x01)[1] & 0x60, before, "the policy is what it was")
end)

test("each supported policy can be set", { writes = true }, function()
  local session = target():connect()
  local before = session:cmd(0x00, 0x01)[1] >> 5 & 3
  local support = optional(session:cmd(0x00, 0x06, { 0x03 }), "Set Power Restore Policy")[1]
  for policy = 0, 2 do
    if support >> policy & 1 == 1 then
      expect_cc(session:cmd(0x00, 0x06, { policy }))
      expect_eq(session:cmd(0x00, 0x01)[1] >> 5 & 3, policy, "policy " .. policy)
    end
  end
  expect_refused(session:cmd(0x00, 0x06, { 0x07 }), "a policy that is none")
  expect_cc(session:cmd(0x00, 0x06, { before }))
end)
