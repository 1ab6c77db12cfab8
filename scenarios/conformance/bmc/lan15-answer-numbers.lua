-- The BMC numbers its own packets from what the console asked for, one by one.
-- IPMI v2.0, 6.12.11, 22.17.
tags "lan15"

test("answers are numbered from the console's outbound number", function()
  local login = target():wire():login15()
  login:challenge()
  expect_cc(login:activate { outbound = 0x00abcdef })
  local session = login:session()
  local last = session.received.sequence
  expect_eq(last, 0x00abcdef, "the answer to Activate Session has the number asked for")
  for _ = 1, 5 do
    expect_cc(session:cmd(0x06, 0x01))
    expect_eq(session.received.sequence, last + 1, "each answer has the next number")
    last = session.received.sequence
  end
end)
