-- The channel has the payloads that sessions need. IPMI v2.0, 24.8, 24.9.
tags "payload"

test("IPMI messages and session set-up are supported", function()
  local reply = expect_cc(target():connect():cmd(0x06, 0x4e, { 0x0e }))
  expect_eq(#reply, 8, "the answer has 8 octets")
  expect_eq(reply[1] & 0x01, 0x01, "IPMI messages")
  expect_eq(reply:le(3, 2) & 0x3f, 0x3f, "Open Session and RAKP, six types")
end)

test("each standard payload that is supported has a version", function()
  local session = target():connect()
  local types = expect_cc(session:cmd(0x06, 0x4e, { 0x0e })):le(1, 2)
  for kind = 0, 1 do
    local reply = session:cmd(0x06, 0x4f, { 0x0e, kind })
    if types >> kind & 1 == 1 then
      expect_eq(expect_cc(reply)[1] >> 4, 1,
                ("the major version of payload %d"):format(kind))
    else
      expect_cc(reply, 0x80, ("payload %d is not there"):format(kind))
    end
  end
end)

test("a payload that is none has no version: 80h", function()
  expect_cc(optional(target():connect():cmd(0x06, 0x4f, { 0x0e, 0x0f }),
                     "Get Channel Payload Version"), 0x80)
end)
