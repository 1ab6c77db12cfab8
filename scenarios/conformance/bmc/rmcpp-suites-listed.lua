-- What Get Channel Cipher Suites lists can be used, and nothing else.
-- IPMI v2.0, 22.15.
tags "rmcpp"

test("Open Session accepts exactly the suites that are listed", function()
  local wire, listed, list, index = target():wire(), {}, "", 0
  repeat
    local reply = expect_cc(wire:cmd(0x06, 0x54, { 0x0e, 0x00, 0x80 | index }))
    list, index = list .. reply.data:sub(2), index + 1
  until #reply < 17
  for id in list:gmatch("\xc0(.)") do listed[id:byte()] = true end
  for suite = 0, 19 do
    local answer = expect(wire:login { suite = suite, privilege = "user" }:open())
    if listed[suite] then
      expect_status(answer, 0x00, ("suite %d is listed"):format(suite))
    else
      expect_status(answer, 0x11, ("suite %d is not listed"):format(suite))
    end
  end
end)
