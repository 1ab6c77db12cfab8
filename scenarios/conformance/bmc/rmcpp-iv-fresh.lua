-- Each encrypted packet has an initialization vector of its own.
-- IPMI v2.0, 13.29.2.
tags "rmcpp"

test("no two answers have the same initialization vector", function()
  local session, seen = target():wire():session(), {}
  for _ = 1, 32 do
    expect_cc(session:cmd(0x06, 0x01))
    local iv = session.received.payload:sub(1, 16)
    expect(not seen[iv], "it did not come before")
    seen[iv] = true
  end
end)
