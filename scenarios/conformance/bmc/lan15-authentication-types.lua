-- Every authentication type that a BMC offers lets the right user in, and what
-- he asks is answered with right codes. IPMI v2.0, 13.14, 22.16, 22.17.
tags "lan15"

for _, auth in ipairs { "none", "md2", "md5", "straight" } do
  test(("a session with authentication type %s"):format(auth), function()
    local session = target():wire():session { lan15 = auth }
    for _ = 1, 3 do expect_cc(session:cmd(0x06, 0x01), 0x00, "Get Device ID") end
    expect_cc(session:close())
    expect_silence(session:cmd(0x06, 0x01), "the closed session is not answered any more")
  end)
end
