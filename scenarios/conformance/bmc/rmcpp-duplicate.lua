-- A request that the network doubles is done and answered once.
-- IPMI v2.0, 6.12.13.
tags "rmcpp"

test("a packet that arrives twice has one answer", function()
  local session = target():wire():session()
  local whole = session:packet(session:message { netfn = 0x06, cmd = 0x01 })
  session.wire:send(whole)
  session.wire:send(whole)
  expect(session.wire:receive(), "there is an answer")
  session.wire:expect_silence("there is no second one")
end)

test("a request sent anew under a new number is answered again", function()
  local session = target():wire():session()
  local message = session:message { netfn = 0x06, cmd = 0x01 }
  for _ = 1, 2 do
    session.wire:send(session:packet(message))
    expect(session.wire:receive(), "there is an answer")
  end
end)
