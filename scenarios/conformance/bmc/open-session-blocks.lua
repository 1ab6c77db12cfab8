-- Each of the three proposals says what it is about; one that is missing or
-- malformed is refused. IPMI v2.0, 13.17, table 13-9.
tags "open-session"

local cases = {
  { "no authentication proposal", { auth_block = { type = 1 } } },
  { "no integrity proposal", { integrity_block = { type = 2 } } },
  { "no confidentiality proposal", { confidentiality_block = { type = 0 } } },
  { "a proposal of unknown kind", { auth_block = { type = 3 } } },
  { "a proposal of unknown length", { integrity_block = { length = 7 } } },
}

for _, case in ipairs(cases) do
  test(case[1] .. " is refused", function()
    local answer = expect(target():wire():login():open(case[2]), "it is answered")
    expect_ne(answer.status, 0x00, "it is refused")
  end)
end

test("a proposal of length 0 leaves the choice to the BMC", function()
  local any = { length = 0 }
  local login = target():wire():login()
  local answer = expect_status(login:open { auth_block = any, integrity_block = any,
                                            confidentiality_block = any }, 0x00)
  expect_ne(answer.auth, 0, "the BMC chooses an authentication algorithm")
  expect_cc(login:session():cmd(0x06, 0x01), 0x00, "the session works as it chose")
end)
