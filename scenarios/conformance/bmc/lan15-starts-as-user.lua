-- A session begins at User level, whatever was asked for. IPMI v2.0, 6.8, 22.18.
tags "lan15"

test("a new session is at User level until it is raised", function()
  local login = target():wire():login15()
  login:challenge()
  expect_cc(login:activate())
  local session = login:session()
  expect_eq(expect_cc(session:cmd(0x06, 0x3b, { 0x00 }))[1], 2, "the present level is User")
  expect_cc(session:cmd(0x06, 0x46, { 0x02 }), 0xd4, "an Operator's command is refused")
  expect_eq(expect_cc(session:cmd(0x06, 0x3b, { 0x04 }))[1], 4,
            "it is raised to Administrator")
  expect_cc(session:cmd(0x06, 0x46, { 0x02 }), 0x00, "the command is done now")
end)
