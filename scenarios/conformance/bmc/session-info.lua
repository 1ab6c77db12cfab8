-- Get Session Info tells of the session it is asked in, and counts the active
-- ones. IPMI v2.0, 22.20.
tags "session"

test("a session finds itself", function()
  local bmc = target()
  local session = bmc:wire():session { privilege = "operator" }
  local own = expect_cc(session:cmd(0x06, 0x3d, { 0x00 }))
  expect(own[1] ~= 0, "it has a handle")
  expect(own[3] >= 1 and own[3] <= own[2],
         "active sessions are counted, up to what is possible")
  expect(own[4] & 0x3f >= 1, "the user is named")
  expect_eq(own[5] & 0x0f, 3, "the privilege level is Operator")
  expect_eq(own[6] >> 4, 1, "the session is one of RMCP+")

  local by_handle = expect_cc(session:cmd(0x06, 0x3d, { 0xfe, own[1] }))
  expect_eq(by_handle.data, own.data, "asked by handle, the answer is the same")
  local by_id = expect_cc(session:cmd(0x06, 0x3d, "\xff" .. string.pack("<I4", session.id)))
  expect_eq(by_id.data, own.data, "asked by id, the answer is the same")
end)

test("the count of active sessions follows", function()
  local bmc = target()
  local session = bmc:wire():session()
  local before = expect_cc(session:cmd(0x06, 0x3d, { 0x00 }))[3]
  local other = bmc:wire():session()
  expect_eq(session:cmd(0x06, 0x3d, { 0x00 })[3], before + 1, "one more")
  other:close()
  expect_eq(session:cmd(0x06, 0x3d, { 0x00 })[3], before, "one less")
end)
