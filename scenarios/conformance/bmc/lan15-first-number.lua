-- The first message in a session has exactly the number that Activate Session
-- announced. IPMI v2.0, 6.12.12, 22.17.
tags "lan15"

local function activated()
  local login = target():wire():login15()
  login:challenge()
  expect_cc(login:activate())
  return login:session()
end

test("the announced number is accepted, once", function()
  local session = activated()
  expect_ne(session.first, 0, "the announced number is not 0")
  expect_cc(session:cmd(0x06, 0x01, nil, { sequence = session.first }))
  expect_silence(session:cmd(0x06, 0x01, nil, { sequence = session.first }),
                 "the second time it is a repetition")
  expect_cc(session:cmd(0x06, 0x01, nil, { sequence = session.first + 1 & 0xffffffff }))
end)

test("a number far behind the announced one is dropped", function()
  local session = activated()
  expect_silence(session:cmd(0x06, 0x01, nil, { sequence = session.first - 20 & 0xffffffff }))
end)
