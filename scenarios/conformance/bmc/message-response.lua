-- A message that is a response of nothing is not answered. IPMI v2.0, 5.1.
tags "message"

test("an odd network function is not answered", function()
  local session = target():wire():session()
  for _, netfn in ipairs { 0x01, 0x05, 0x07, 0x0b, 0x0d, 0x2d, 0x3f } do
    session.wire:send(session:packet(session:message { netfn = netfn, cmd = 0x01, data = { 0 } }))
    session.wire:expect_silence(("network function %02Xh"):format(netfn))
  end
  expect_cc(session:cmd(0x06, 0x01))
end)
