-- The BMC numbers what it sends in a session from 1 on, one by one.
-- IPMI v2.0, 6.12.13.
tags "rmcpp"

for _, suite in ipairs { 1, 2, 3 } do
  test(("answers are numbered one by one, with suite %d"):format(suite), function()
    local login = target():wire():login { suite = suite }
    login:open_or_skip()
    local session, last = login:session(), nil
    for _ = 1, 6 do
      expect_cc(session:cmd(0x06, 0x01))
      local number = session.received.sequence
      if last then expect_eq(number, last + 1, "the next number") end
      expect_ne(number, 0, "no number is 0")
      last = number
    end
  end)
end
