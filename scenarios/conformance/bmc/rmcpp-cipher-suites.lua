-- Every cipher suite that a BMC offers lets the right user in, and keeps what
-- it promises: codes, encryption and pads are right in each answer.
-- IPMI v2.0, 13.28, table 22-20.
tags "rmcpp"

for suite = 0, 19 do
  test(("a session with cipher suite %d"):format(suite), function()
    local wire = target():wire()
    local login = wire:login { suite = suite }
    login:open_or_skip()
    local session = login:session()
    for _ = 1, 3 do expect_cc(session:cmd(0x06, 0x01)) end
    expect_eq(#session:cmd(0x06, 0x37), 16, "Get System GUID")
    expect_cc(session:close())
    expect_silence(session:cmd(0x06, 0x01), "the closed session is not answered any more")
  end)
end
