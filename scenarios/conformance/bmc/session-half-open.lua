-- Log-ins that nobody finishes take no place from open sessions.
-- IPMI v2.0, 6.12.7.1.
tags "session"

test("a flood of half-open log-ins ends no session and keeps nobody out", function()
  local bmc = target()
  local session = bmc:wire():session()
  local flood = bmc:wire()
  for _ = 1, 200 do flood:login():open() end
  expect_cc(session:cmd(0x06, 0x01), 0x00, "the open session lives on")
  left_open("a full table may keep out newcomers until a time-out, status 01h", function()
    expect_cc(bmc:wire():session():cmd(0x06, 0x01), 0x00, "another can be opened")
  end)
end)
