-- A session can be raised up to what it was opened for, and lowered.
-- IPMI v2.0, 22.18, 6.8.
tags "session"

local function set_level(session, level) return session:cmd(0x06, 0x3b, { level }) end

test("a session opened for Administrator goes up and down", function()
  local session = target():wire():login():session()
  for _, level in ipairs { 2, 3, 4, 2, 4 } do
    expect_eq(expect_cc(set_level(session, level))[1], level, "the new level")
    expect_eq(expect_cc(set_level(session, 0))[1], level, "asked for, it is the same")
  end
end)

test("a session opened for Operator does not become Administrator", function()
  local session = target():wire():login { privilege = "operator" }:session()
  expect_cc(set_level(session, 3))
  expect_cc_of(set_level(session, 4), { 0x80, 0x81 }, "more than it was opened for")
  expect_eq(expect_cc(set_level(session, 0))[1], 3, "it is still Operator")
end)

test("levels that are none are refused", function()
  local session = target():wire():session()
  for _, level in ipairs { 1, 6, 15 } do
    expect_refused(set_level(session, level), ("level %d"):format(level))
  end
end)
