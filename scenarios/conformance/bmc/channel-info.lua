-- Each channel that is there says what it is; Eh means the one that one asks
-- by. IPMI v2.0, 22.24, 6.3.
tags "channel"

test("the present channel is a LAN with sessions", function()
  local session = target():connect()
  local reply = expect_cc(session:cmd(0x06, 0x42, { 0x0e }))
  expect_eq(#reply, 9, "the answer has 9 octets")
  expect(reply[1] >= 1 and reply[1] <= 0x0b, "it is named by its own number")
  expect_eq(reply[2] & 0x7f, 0x04, "the medium is an 802.3 LAN")
  expect_eq(reply[3] & 0x1f, 0x01, "the protocol is IPMB-1.0")
  expect(reply[4] >> 6 >= 1, "there are sessions")
  expect(reply[4] & 0x3f >= 1, "one at least is active")
  expect_eq(reply:le(5, 3), 0x001bf2, "the protocol's vendor is IPMI itself")
end)

test("asked by its number, the channel says the same", function()
  local session = target():connect()
  local present = expect_cc(session:cmd(0x06, 0x42, { 0x0e }))
  expect_eq(expect_cc(session:cmd(0x06, 0x42, { present[1] })).data, present.data)
end)

test("channel 0 is the primary IPMB", function()
  local reply = target():connect():cmd(0x06, 0x42, { 0x00 })
  if reply.cc ~= 0 then skip "this BMC has no IPMB" end
  expect_eq({ reply[1], reply[2] & 0x7f, reply[3] & 0x1f }, { 0, 0x01, 0x01 })
end)

test("a channel that is none is refused", function()
  local session = target():connect()
  for _, channel in ipairs { 0x0c, 0x0d } do
    expect_refused(session:cmd(0x06, 0x42, { channel }), ("channel %02Xh"):format(channel))
  end
end)
