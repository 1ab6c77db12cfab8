-- A session's id is not soon another's, so that late packets of the one do
-- nothing to the other. IPMI v2.0, 6.12, 13.14.
tags "session"

test("ids of sessions that were closed are not given again at once", function()
  local bmc = target()
  local seen = {}
  for n = 1, 8 do
    local session = bmc:wire():session { lan15 = n % 2 == 0 and "md5" or nil }
    expect_ne(session.id, 0, "0 means no session")
    expect(not seen[session.id], ("%08Xh is a new id"):format(session.id))
    seen[session.id] = true
    expect_cc(session:close())
  end
end)
