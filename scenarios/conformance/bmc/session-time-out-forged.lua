-- Only who has the keys keeps a session alive. IPMI v2.0, 6.12.15.
tags("session", "slow", "waits")

test("packets with a wrong AuthCode do not keep a session alive", function()
  local session = target():wire():session()
  for _ = 1, 7 do
    sleep(9)
    expect_silence(session:cmd(0x06, 0x01, nil, { code = ("\0"):rep(12) }))
  end
  expect_silence(session:cmd(0x06, 0x01), "after 70 seconds it has ended")
end)

test("repeated packets do not keep a session alive", function()
  local session = target():wire():session()
  local number = session.sequence - 1
  for _ = 1, 7 do
    sleep(9)
    expect_silence(session:cmd(0x06, 0x01, nil, { sequence = number }))
  end
  expect_silence(session:cmd(0x06, 0x01), "after 70 seconds it has ended")
end)
