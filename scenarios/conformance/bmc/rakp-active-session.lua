-- An open session cannot be set up anew. IPMI v2.0, 13.20, 13.24.
tags "rakp"

test("RAKP message 1 for an open session is refused, and the session lives on", function()
  local login = target():wire():login()
  local session = login:session()
  local answer = login:rakp1 { random = packet.random(16) }
  expect(not answer or answer.status ~= 0x00, "it is refused")
  expect_cc(session:cmd(0x06, 0x01), 0x00, "the session is as it was")
end)
