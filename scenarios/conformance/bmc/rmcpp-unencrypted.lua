-- In an encrypted session a request that is not encrypted is not done.
-- IPMI v2.0, 13.29, 24.3.
tags "rmcpp"

test("a plain packet in an encrypted session is dropped", function()
  local session = target():wire():session()
  expect_silence(session:cmd(0x00, 0x01, nil, { encrypted = false }))
  expect_cc(session:cmd(0x00, 0x01))
end)
