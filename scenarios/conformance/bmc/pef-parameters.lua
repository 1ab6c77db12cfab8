-- PEF parameters that are none are refused with 80h, read-only ones with 82h,
-- and a second "set in progress" with 81h. IPMI v2.0, 30.3, 30.4.
tags "pef"

local function need_pef(session)
  optional(session:cmd(0x04, 0x10), "Get PEF Capabilities")
  return session
end

test("an unknown parameter is refused with 80h", function()
  expect_cc(need_pef(target():connect()):cmd(0x04, 0x13, { 0x3f, 0, 0 }), 0x80)
end)

test("asked for the revision alone, no data follow", function()
  local reply = need_pef(target():connect()):cmd(0x04, 0x13, { 0x81, 0, 0 })
  expect_eq(#expect_cc(reply), 1)
end)

test("read-only parameters are refused with 82h", { writes = true }, function()
  local session = need_pef(target():connect())
  for _, number in ipairs { 5, 8, 11 } do
    expect_cc(session:cmd(0x04, 0x12, { number, 1 }), 0x82, "parameter " .. number)
  end
end)

test("who comes second to set parameters learns it: 81h", { writes = true }, function()
  local session = need_pef(target():connect())
  expect_cc(session:cmd(0x04, 0x12, { 0, 1 }))
  expect_cc(session:cmd(0x04, 0x12, { 0, 1 }), 0x81)
  expect_cc(session:cmd(0x04, 0x12, { 0, 0 }))
end)
