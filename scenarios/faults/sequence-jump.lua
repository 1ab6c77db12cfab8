-- A session sequence number too far ahead is dropped without moving the window;
-- who lost count opens another session. (seq-jump) IPMI v2.0, 6.12.12, 6.12.13.
tags "sequence"

for format, ahead in pairs { ["2.0"] = 16, ["1.5"] = 8 } do
  test(("%s: a jump by %d is taken, one by more is not"):format(format, ahead), function()
    local b = bmc "server-1u"
    local lan15 = format == "1.5" and "md5" or nil
    local session = b:wire():session { lan15 = lan15 }
    for _ = 1, 20 do expect_cc(session:cmd(6, 1)) end
    local highest = session.sequence - 1
    expect_silence(session:cmd(6, 1, nil, { sequence = highest + ahead + 1 }))
    expect_silence(session:cmd(6, 1, nil, { sequence = highest + 0x10000 }))
    expect_cc(session:cmd(6, 1), 0x00, "what comes in order is taken as before")
    expect_cc(session:cmd(6, 1, nil, { sequence = session.sequence - 1 + ahead }))
    expect_silence(session:cmd(6, 1, nil, { sequence = highest - ahead }))
    session.sequence = session.sequence + 1000
    expect_silence(session:cmd(6, 1), "the console lost count")
    expect_cc(b:wire():session { lan15 = lan15 }:cmd(6, 1), 0x00, "a new session counts anew")
  end)

  test(format .. ": the console takes an answer although many before it were lost", function()
    local b = bmc "server-1u"
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = "50ms", retries = 40 }
    b:fault { on = "lan", effect = "lose", direction = "from bmc", times = 30 }
    expect_cc(c:cmd(6, 1))
    expect_eq({ c:info().retries, c:info().violations }, { 30, 0 })
  end)
end
