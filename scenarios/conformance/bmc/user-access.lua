-- Get User Access counts users; an id beyond them is refused. IPMI v2.0, 22.27.
tags "user"

test("there is room for a user at least, and one is enabled", function()
  local session = target():connect()
  local reply = expect_cc(session:cmd(0x06, 0x44, { 0x0e, 0x01 }))
  expect_eq(#reply, 4, "the answer has 4 octets")
  expect(reply[1] & 0x3f >= 2, "there is a user besides the null user")
  expect(reply[2] & 0x3f >= 1, "one is enabled: the one who asks")
  expect(reply[2] & 0x3f <= reply[1] & 0x3f, "no more are enabled than there can be")
end)

test("each user's limit is a level or none", function()
  local session = target():connect()
  local count = expect_cc(session:cmd(0x06, 0x44, { 0x0e, 0x01 }))[1] & 0x3f
  for id = 1, count do
    local limit = expect_cc(session:cmd(0x06, 0x44, { 0x0e, id }))[4] & 0x0f
    expect(limit <= 5 or limit == 0x0f, ("user %d"):format(id))
  end
end)

test("user 0, and a user beyond the last, are refused", function()
  local session = target():connect()
  local count = expect_cc(session:cmd(0x06, 0x44, { 0x0e, 0x01 }))[1] & 0x3f
  expect_refused(session:cmd(0x06, 0x44, { 0x0e, 0x00 }), "user 0")
  if count < 0x3f then expect_refused(session:cmd(0x06, 0x44, { 0x0e, count + 1 }), "one more") end
end)
