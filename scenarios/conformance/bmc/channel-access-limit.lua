-- Nobody gets more privilege than the channel's limit. IPMI v2.0, 6.8, 22.22.
tags "channel"
only_lab()

test("under a channel limit of User there is no session for an Administrator", function()
  local bmc = target()
  local access = expect_cc(bmc:cmd(0x06, 0x41, { 1, 0x80 }))
  expect_cc(bmc:cmd(0x06, 0x40, { 1, 0x80 | access[1] & 0x3f, 0x80 | 0x02 }))
  local answer = expect(bmc:wire():login { privilege = "admin" }:open())
  if answer.status == 0 then
    local login = bmc:wire():login { privilege = "admin" }
    login:open()
    answer = expect(login:rakp1())
  end
  expect_ne(answer.status, 0x00, "the log-in is refused")
  local session = bmc:wire():session { privilege = "user" }
  expect_cc(session:cmd(0x06, 0x01), 0x00, "a User's is not")
end)
