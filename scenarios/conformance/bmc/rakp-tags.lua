-- Each answer of a log-in repeats the tag of the message that it answers.
-- IPMI v2.0, 13.17 to 13.23.
tags "rakp"

test("tags are repeated, whatever they are", function()
  local login = target():wire():login()
  expect_eq(login:open { tag = 0xff }.tag, 0xff, "Open Session Response")
  expect_eq(login:rakp1 { tag = 0x00 }.tag, 0x00, "RAKP message 2")
  expect_eq(login:rakp3 { tag = 0x80 }.tag, 0x80, "RAKP message 4")
end)
