-- When the answer is lost, Open Session sent again takes no second place.
-- IPMI v2.0, 13.17.
tags "open-session"

test("the same request gives the same session again", function()
  local login = target():wire():login()
  local first = expect_status(login:open(), 0x00)
  for _ = 1, 3 do
    expect_eq(expect_status(login:open(), 0x00).bmc, first.bmc, "the BMC's session id")
  end
end)
