-- A user gets no session above his limit, whichever way he is looked up.
-- IPMI v2.0, 13.20, 22.26.
tags "rakp"
only_lab()

local function log_in(options)
  options.user, options.password = "monitor", "monitor"    -- his limit is User
  local login = target():wire():login(options)
  expect_status(login:open(), 0x00)
  return login
end

test("by name alone, a level above the limit is refused with 0Ah", function()
  expect_status(log_in { privilege = "operator" }:rakp1(), 0x0a)
end)

test("by name and level, another level than the user's is refused", function()
  local answer = expect(log_in { privilege = "operator", lookup = "level" }:rakp1())
  expect(answer.status == 0x0a or answer.status == 0x0d, "he is not found at that level")
end)

test("at his own level he is let in, both ways", function()
  for _, lookup in ipairs { "name", "level" } do
    local session = log_in { privilege = "user", lookup = lookup }:session()
    expect_cc(session:cmd(0x06, 0x01), 0x00, "looked up by " .. lookup)
  end
end)
