-- What sets sessions up goes outside a session, neither authenticated nor
-- encrypted. IPMI v2.0, 13.6, 13.17.
tags "open-session"

test("an Open Session Request with protection bits is dropped", function()
  local login = target():wire():login()
  expect_eq(login:open { packet = { encrypted = true } }, nil, "marked as encrypted")
  expect_eq(login:open { packet = { authenticated = true, code = ("\0"):rep(12) } }, nil,
            "marked as authenticated")
end)

test("an Open Session Request under a session id is dropped", function()
  local wire = target():wire()
  local session = wire:session()
  expect_eq(wire:login():open { packet = { session = session.id } }, nil)
  expect_cc(session:cmd(0x06, 0x01), 0x00, "the session lives on")
end)
