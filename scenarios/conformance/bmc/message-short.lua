-- A message of less than seven octets is none. IPMI v2.0, 13.8.
tags "message"

test("messages that are too short are not answered", function()
  local session = target():wire():session()
  local whole = session:message { netfn = 0x06, cmd = 0x01 }
  for size = 0, 6 do
    session.wire:send(session:packet(whole:sub(1, size)))
    session.wire:expect_silence(size .. " octets")
  end
  expect_cc(session:cmd(0x06, 0x01))
end)
