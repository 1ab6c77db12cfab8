-- A packet with a wrong AuthCode is dropped and leaves no trace in the session.
-- IPMI v2.0, 13.28.4, 6.12.13.
tags "rmcpp"

for _, suite in ipairs { 2, 3, 7, 8, 11, 12, 16, 17 } do
  test(("a wrong AuthCode is not answered, with suite %d"):format(suite), function()
    local login = target():wire():login { suite = suite }
    login:open_or_skip()
    local session = login:session()
    local number = session:next_sequence()
    for bit = 0, 7 do
      local function damaged(covered)
        local code = session:sign(covered)
        return string.char(code:byte(1) ~ 1 << bit) .. code:sub(2)
      end
      expect_silence(session:cmd(0x06, 0x01, nil, { sequence = number, code = damaged }))
    end
    expect_silence(session:cmd(0x06, 0x01, nil, { sequence = number, code = "" }),
                   "no code")
    expect_cc(session:cmd(0x06, 0x01, nil, { sequence = number }), 0x00,
              "the number is still good")
  end)
end
