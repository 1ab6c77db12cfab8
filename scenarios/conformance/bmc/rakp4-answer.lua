-- RAKP message 4 proves that the BMC has the session key, and comes again when
-- message 3 does. IPMI v2.0, 13.23, 13.28.1.
tags "rakp"

for suite, size in pairs { [1] = 12, [6] = 16, [15] = 16 } do
  test(("the integrity check value of suite %d has %d octets and is right"):format(suite, size),
       function()
    local login = target():wire():login { suite = suite }
    login:open_or_skip()
    login:rakp1()
    local answer = expect_status(login:rakp3(), 0x00)
    expect_eq(#answer.code, size, "its length")
    expect(answer.code_good, "it is right")
    expect_eq(answer.console, login.console, "the console's session id")
  end)
end

test("RAKP message 3 sent again is answered the same, and the session works", function()
  local login = target():wire():login()
  login:open()
  login:rakp1()
  local first = expect_status(login:rakp3(), 0x00)
  expect_eq(expect_status(login:rakp3(), 0x00).code, first.code,
            "the integrity check value")
  expect_cc(login:session():cmd(0x06, 0x01))
end)
