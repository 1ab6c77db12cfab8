-- When RAKP message 2 is lost, message 1 sent again gives the same one.
-- IPMI v2.0, 13.20, 13.21.
tags "rakp"

test("RAKP message 1 sent again is answered the same", function()
  local login = target():wire():login()
  login:open()
  local first = expect_status(login:rakp1(), 0x00)
  local again = expect_status(login:rakp1(), 0x00)
  expect_eq(again.random, first.random, "the BMC's random number")
  expect_eq(again.code, first.code, "the key exchange code")
  expect_cc(login:session():cmd(0x06, 0x01), 0x00, "the log-in goes on")
end)
