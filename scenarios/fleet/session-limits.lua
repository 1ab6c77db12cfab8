-- Sessions are a BMC's own: where one has no room left, its neighbours have all of theirs.
tags("fleet", "session")

-- Open a session; false when one of the steps is refused.
local function open(b, user)
  local login = b:wire():login { user = user, password = user, privilege = "user" }
  for _, step in ipairs { "open", "rakp1", "rakp3" } do
    if expect(login[step](login), step .. " is answered").status ~= 0 then return false end
  end
  return true
end

-- Open as many as there are; how many that was.
local function fill(b)
  local count = 0
  for _, user in ipairs { "ADMIN", "operator", "monitor" } do
    while count < 200 and open(b, user) do count = count + 1 end
  end
  return count
end

test("one full BMC takes nothing from nineteen others", function()
  local room = fleet("server-1u", 20)
  local most = fill(room[7])
  expect(most > 1 and most < 200, ("sessions that could be opened: %d"):format(most))
  for n, b in ipairs(room) do
    if n ~= 7 then b:connect() end
    expect_eq(b:lan():stats().sessions, n == 7 and most or 1, "sessions of number " .. n)
  end
  expect_eq(fill(room[8]), most - 1, "the neighbour has as much room")
  sleep(70)
  for n, b in ipairs(room) do
    expect_eq(b:lan():stats().sessions, 0, ("number %d: a minute of silence ends a session"):format(n))
  end
end)
