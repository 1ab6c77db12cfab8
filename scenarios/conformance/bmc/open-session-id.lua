-- A console's session id of 0 is none. IPMI v2.0, 13.17.
tags "open-session"

test("session id 0 of the console is refused", function()
  local answer = expect(target():wire():login():open { console = 0 })
  expect_ne(answer.status, 0x00, "it is refused")
end)
