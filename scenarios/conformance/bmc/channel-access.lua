-- Channel access can be read as it is now and as it is kept. IPMI v2.0, 22.23.
tags "channel"

test("both copies have an access mode and a privilege limit", function()
  local session = target():connect()
  for which, name in pairs { [0x40] = "kept", [0x80] = "present" } do
    local reply = expect_cc(session:cmd(0x06, 0x41, { 0x0e, which }), 0x00, name)
    expect_eq(#reply, 2, "the answer has 2 octets")
    expect(reply[1] & 0x07 <= 3, name .. ": the access mode is one of four")
    expect(reply[2] & 0x0f >= 1 and reply[2] & 0x0f <= 5, name .. ": the limit is a level")
  end
end)

test("a selection that is none is refused", function()
  local session = target():connect()
  for _, which in ipairs { 0x00, 0xc0 } do
    expect_refused(session:cmd(0x06, 0x41, { 0x0e, which }),
                   ("selection %02Xh"):format(which))
  end
end)

test("a channel without sessions has no access: 82h", function()
  local session = target():connect()
  if session:cmd(0x06, 0x42, { 0x00 }).cc ~= 0 then skip "this BMC has no IPMB" end
  expect_cc(session:cmd(0x06, 0x41, { 0x00, 0x40 }), 0x82)
end)
