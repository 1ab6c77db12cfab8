-- Open Session Response repeats the console's tag and session id, gives an id of
-- the BMC's own and names what was agreed on. IPMI v2.0, 13.18.
tags "open-session"

test("an accepted proposal is repeated with a new session id", function()
  local wire, seen = target():wire(), {}
  for tag = 0, 3 do
    local login = wire:login()
    local answer = expect_status(login:open { tag = tag * 85 }, 0x00)
    expect_eq(answer.tag, tag * 85, "the tag")
    expect_eq(answer.console, login.console, "the console's session id")
    expect_eq(answer.privilege, 4, "the privilege level")
    expect_eq({ answer.auth, answer.integrity, answer.confidentiality }, { 1, 1, 1 },
              "the algorithms")
    expect_eq(answer.length, 36, "the answer has 36 octets")
    expect_ne(answer.bmc, 0, "the BMC's session id is not 0")
    expect(not seen[answer.bmc], "each session has an id of its own")
    seen[answer.bmc] = true
  end
end)

test("a refusal has 8 octets and repeats tag and session id", function()
  local login = target():wire():login()
  local answer = expect(login:open { tag = 0x5a, auth = 0x3f })
  expect_ne(answer.status, 0x00, "it is refused")
  expect_eq(answer.length, 8, "the answer has 8 octets")
  expect_eq(answer.tag, 0x5a, "the tag")
  expect_eq(answer.console, login.console, "the console's session id")
end)
