-- When RAKP message 2 is lost, message 1 sent again is answered again.
-- IPMI v2.0, 13.20, 13.21.
tags "rakp"

test("RAKP message 1 sent again is answered again, and the log-in goes on", function()
  local login = target():wire():login()
  login:open()
  for _ = 1, 3 do expect(expect_status(login:rakp1(), 0x00).code_good, "the code is right") end
  expect_cc(login:session():cmd(0x06, 0x01), 0x00, "the log-in goes on")
end)
