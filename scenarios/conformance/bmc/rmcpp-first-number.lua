-- In a session numbers begin with 1; 0 is for what is outside one.
-- IPMI v2.0, 6.12.13, 13.6.
tags "rmcpp"

test("number 0 is dropped in a session", function()
  local session = target():wire():login():session()
  expect_silence(session:cmd(0x06, 0x01, nil, { sequence = 0 }))
  expect_cc(session:cmd(0x06, 0x01, nil, { sequence = 1 }))
end)

test("a console that begins with 3 is heard", function()
  local session = target():wire():login():session()
  expect_cc(session:cmd(0x06, 0x01, nil, { sequence = 3 }))
end)
