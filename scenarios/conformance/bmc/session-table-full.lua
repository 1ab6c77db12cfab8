-- A BMC has room for four sessions and more; when it is full it says so, and
-- who closes a session makes room. IPMI v2.0, 6.12.7, 13.24.
tags "session"

test("past the last place a log-in is refused, until one is free again", function()
  local bmc, sessions, refused = target(), {}, nil
  while not refused and #sessions < 70 do
    local login = bmc:wire():login()
    for _, step in ipairs { "open", "rakp1", "rakp3" } do
      local answer = expect(login[step](login), step .. " is answered")
      if answer.status ~= 0 then refused = answer.status break end
    end
    if not refused then sessions[#sessions + 1] = login:session() end
  end
  expect(#sessions >= 4, "there is room for four sessions")
  if refused then
    expect(refused == 0x01 or refused == 0x0b, "the refusal says that there is no room")
    expect_cc(sessions[1]:close())
    expect_cc(bmc:wire():session():cmd(0x06, 0x01), 0x00, "now there is room")
  end
  expect_cc(sessions[2]:cmd(0x06, 0x01), 0x00, "the others live on")
  for i = 3, #sessions do sessions[i]:close() end
end)
