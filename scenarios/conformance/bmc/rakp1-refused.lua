-- RAKP message 1 that cannot be is refused with the status that says why.
-- IPMI v2.0, 13.20, 13.24, table 13-15.
tags "rakp"

local function opened(options)
  local login = target():wire():login(options)
  expect_status(login:open(), 0x00)
  return login
end

local cases = {
  { "a session id that nobody was given", { bmc = 0x7fff1234 }, 0x02 },
  { "session id 0", { bmc = 0 }, 0x02 },
  { "a user who is not there", { name = "nobody-at-all" }, 0x0d },
  { "a user's name with another case", { name = "aDmIn" }, 0x0d },
  { "a name of 17 octets", { name = ("x"):rep(17) }, 0x0c },
  { "privilege level 0", { role = 0x10 }, 0x09 },
  { "a reserved privilege level", { role = 0x16 }, 0x09 },
}

for _, case in ipairs(cases) do
  test(("%s is refused with %02Xh"):format(case[1], case[3]), function()
    local answer = opened():rakp1(case[2])
    if not answer then
      left_open("what belongs to no log-in may be dropped", function() expect(answer) end)
    end
    if answer.status == 0x12 and case[3] == 0x09 then
      left_open("12h (illegal parameter) fits as well", function() expect_status(answer, 0x09) end)
    end
    expect_status(answer, case[3])
    expect_eq(answer.length, 8, "the answer has 8 octets")
  end)
end

test("more privilege than Open Session was for is refused with 0Ah", function()
  expect_status(opened { privilege = "user" }:rakp1 { role = 0x14 }, 0x0a)
end)

test("after a refusal the right name is still accepted", function()
  local login = opened()
  expect_status(login:rakp1 { name = "nobody-at-all" }, 0x0d)
  left_open("a refusal may end the log-in", function()
    expect_cc(login:session():cmd(0x06, 0x01))
  end)
end)
