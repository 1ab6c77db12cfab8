-- Without a threshold for bad passwords, nobody is locked out.
-- IPMI v2.0, 23.1, parameter 26.
tags "session"
only_lab()

test("after twenty wrong passwords the right one is accepted", function()
  local bmc = target()
  for _ = 1, 20 do
    local login = bmc:wire():login()
    login:open()
    login:rakp1()
    expect_status(login:rakp3 { password = "wrong" }, 0x0f)
  end
  expect_cc(bmc:wire():session():cmd(0x06, 0x01))
end)
