-- The AuthCode covers everything from the authentication type to the next
-- header: what is changed on the way is not answered. IPMI v2.0, 13.28.4.
tags "rmcpp"

test("an octet that is changed anywhere makes the packet worthless", function()
  local session = target():wire():session()
  local message = session:message { netfn = 0x06, cmd = 0x01 }
  local whole = session:packet(message)
  for at = 5, #whole do
    local octet = string.char(whole:byte(at) ~ 0x01)
    session.wire:send(whole:sub(1, at - 1) .. octet .. whole:sub(at + 1))
    session.wire:expect_silence(("octet %d changed"):format(at - 1), "100ms")
  end
  session.wire:send(whole)
  expect(session.wire:receive(), "the packet as it was is answered")
end)
