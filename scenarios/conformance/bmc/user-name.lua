-- A user's name is kept, and is found by Get User Name. IPMI v2.0, 22.28, 22.29.
tags "user"
writes()

local function set_name(session, id, name)
  return session:cmd(0x06, 0x45, string.char(id) .. name .. ("\0"):rep(16 - #name))
end

test("a name of up to 16 octets is read back", function()
  local session = target():connect()
  local id = session:free_user()
  for _, name in ipairs { "a", "operator-7", "sixteen-octets--" } do
    expect_cc(set_name(session, id, name))
    expect_eq(session:user_name(id), name)
  end
  expect_cc(set_name(session, id, ""))
  expect_eq(session:user_name(id), "", "an empty name frees the id")
end)

test("the null user keeps his null name", function()
  local session = target():connect()
  expect_refused(set_name(session, 1, "somebody"))
  expect_eq(session:user_name(1), "")
end)
