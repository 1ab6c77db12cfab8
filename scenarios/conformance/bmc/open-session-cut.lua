-- Open Session Request that is cut is not answered, wherever it is cut.
-- IPMI v2.0, 13.17.
tags "open-session"

test("a request that is too short opens nothing", function()
  local login = target():wire():login()
  for cut = 1, 32 do
    local answer = login:open { cut = cut }
    expect(not answer or answer.status ~= 0x00, cut .. " octets less open no session")
  end
end)

test("a payload length beyond the packet is dropped", function()
  expect_eq(target():wire():login():open { packet = { length = 33 } }, nil, "no answer")
end)
