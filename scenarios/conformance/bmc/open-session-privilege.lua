-- Asked for the highest privilege, a BMC answers with a level; a reserved level
-- is refused. IPMI v2.0, 13.17, 13.18.
tags "open-session"

test("privilege 0 asks for the highest level, and one is named", function()
  local answer = expect_status(target():wire():login():open { privilege = 0 }, 0x00)
  expect(answer.privilege >= 1 and answer.privilege <= 5, "a level is named")
end)

test("each level that there is can be asked for", function()
  local wire = target():wire()
  for _, level in ipairs { 2, 3, 4 } do
    expect_status(wire:login():open { privilege = level }, 0x00, "level " .. level)
  end
end)

test("a reserved level is refused", function()
  local wire = target():wire()
  for _, level in ipairs { 6, 15 } do
    local answer = expect(wire:login():open { privilege = level })
    expect_ne(answer.status, 0x00, ("level %d is refused"):format(level))
  end
end)
