-- When the answer to Activate Session is lost, asking again gives a session.
-- IPMI v2.0, 22.17.
tags "lan15"

test("Activate Session sent again is answered again, with a session that works", function()
  local login = target():wire():login15()
  login:challenge()
  expect_cc(login:activate())
  local first = login:session()
  expect_cc(login:activate { outbound = first.outbound })
  expect_cc(login:session():cmd(0x06, 0x01), 0x00, "the session works")
end)
