-- RAKP message 3 is taken only in its turn. IPMI v2.0, 13.22, 13.24.
tags "rakp"

test("for a session id that nobody was given it is refused with 02h", function()
  local login = target():wire():login()
  login:open()
  login:rakp1()
  left_open("what belongs to no log-in may be dropped", function()
    expect_status(login:rakp3 { bmc = 0x7fff1234 }, 0x02)
  end)
end)

test("before RAKP message 1 it is refused", function()
  local login = target():wire():login()
  login:open()
  local answer = login:rakp3 { code = ("\0"):rep(20) }
  expect(not answer or answer.status ~= 0x00, "it opens no session")
end)

test("one that says that the console gave up ends the log-in", function()
  local login = target():wire():login()
  login:open()
  login:rakp1()
  local answer = login:rakp3 { status = 0x0f, code = "" }
  expect(not answer or answer.status ~= 0x00, "it opens no session")
  local after = login:rakp3()
  expect(not after or after.status ~= 0x00, "the log-in does not go on")
end)
