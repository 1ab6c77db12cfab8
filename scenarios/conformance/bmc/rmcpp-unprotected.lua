-- In a session that is protected, a packet that is not is dropped.
-- IPMI v2.0, 13.28.4, 13.29.
tags "rmcpp"

test("a packet without AuthCode in an authenticated session is dropped", function()
  local session = target():wire():session()
  expect_silence(session:cmd(0x00, 0x01, nil, { authenticated = false }))
  expect_silence(session:cmd(0x00, 0x01, nil, { authenticated = false, encrypted = false }))
  expect_cc(session:cmd(0x00, 0x01))
end)

test("an encrypted packet in a session without encryption is dropped", function()
  local login = target():wire():login { suite = 2 }
  login:open_or_skip()
  local session = login:session()
  expect_silence(session:cmd(0x06, 0x01, nil, { encrypted = true }))
  expect_cc(session:cmd(0x06, 0x01))
end)
