-- When the answer to Activate Session is lost, asking again gives the same
-- session. IPMI v2.0, 22.17.
tags "lan15"

test("Activate Session sent again gives the same session", function()
  local login = target():wire():login15()
  login:challenge()
  expect_cc(login:activate())
  local first = login:session()
  expect_cc(login:activate { outbound = first.outbound })
  local again = login:session()
  expect_eq(again.id, first.id, "the session id")
  expect_eq(again.first, first.first, "the number to begin with")
  expect_cc(again:cmd(0x06, 0x01), 0x00, "the session works")
end)
