-- When the answer is lost, Open Session sent again is answered again.
-- IPMI v2.0, 13.17.
tags "open-session"

test("the same request is accepted again, and the log-in goes on", function()
  local login = target():wire():login()
  for _ = 1, 4 do expect_status(login:open(), 0x00) end
  expect_cc(login:session():cmd(0x06, 0x01))
end)
