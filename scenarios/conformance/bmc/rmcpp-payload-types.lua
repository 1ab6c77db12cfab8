-- Payloads of a type that is none, or that is not active, are dropped.
-- IPMI v2.0, 13.27.3, 24.1.
tags "rmcpp"

test("a payload of an unknown type is not answered", function()
  local session = target():wire():session()
  for _, kind in ipairs { 0x03, 0x0f, 0x16, 0x1f, 0x20, 0x3f } do
    expect_silence(session:cmd(0x06, 0x01, nil, { payload_type = kind }),
                   ("type %02Xh"):format(kind))
  end
  expect_cc(session:cmd(0x06, 0x01))
end)

test("console data without Serial over LAN being active is not taken", function()
  local session = target():wire():session()
  session.wire:send(session:packet("\1\0\0\0" .. "reboot", { payload_type = 1 }))
  local datagram = session.wire:receive()
  local fields = datagram and packet.parse(datagram)
  expect(not fields or fields.payload_type == 1, "no other answer than that it is inactive")
  expect_cc(session:cmd(0x06, 0x01))
end)
