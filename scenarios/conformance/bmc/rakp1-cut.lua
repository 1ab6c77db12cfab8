-- RAKP message 1 that is cut is not answered as if it were whole.
-- IPMI v2.0, 13.20.
tags "rakp"

test("a message that is too short leads nowhere", function()
  local login = target():wire():login()
  login:open()
  for cut = 1, 28 do
    local answer = login:rakp1 { name = "", cut = cut }
    expect(not answer or answer.status ~= 0x00, cut .. " octets less lead nowhere")
  end
end)

test("a name that is longer than the message leads nowhere", function()
  local login = target():wire():login()
  login:open()
  local answer = login:rakp1 { cut = 1 }
  expect(not answer or answer.status ~= 0x00, "the name's last octet is not made up")
end)
