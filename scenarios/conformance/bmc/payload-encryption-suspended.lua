-- Encryption of a payload can be suspended and resumed within its session.
-- IPMI v2.0, 24.3.
tags "payload"

test("suspended, messages go plain; resumed, they are encrypted", function()
  local session = target():wire():session()
  local reply = session:cmd(0x06, 0x55, { 0, 0, 0 })
  optional(reply, "Suspend/Resume Payload Encryption")
  if reply.cc == 0x80 then skip "this BMC does not suspend encryption" end
  expect_cc(reply)
  expect_cc(session:cmd(0x06, 0x01, nil, { encrypted = false }))
  expect_cc(session:cmd(0x06, 0x55, { 0, 0, 1 }, { encrypted = false }), 0x00, "resumed")
  expect_cc(session:cmd(0x06, 0x01))
  expect(session.received.encrypted, "the answer is encrypted")
end)

test("in a session without encryption there is nothing to suspend: 82h", function()
  local session = target():wire():session { suite = 2 }
  expect_cc(optional(session:cmd(0x06, 0x55, { 0, 0, 0 }), "Suspend/Resume Payload Encryption"),
            0x82)
end)
