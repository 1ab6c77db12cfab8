-- A password is set with 16 octets or, marked so, 20. IPMI v2.0, 22.30.
tags "user"
writes()

test("passwords of another length are refused", function()
  local session = target():connect()
  local id = session:free_user()
  session:set_user(id, "lengths", "password")
  local function refused(octets, what)
    expect_refused(session:cmd(0x06, 0x47, octets), what)
  end
  for _, size in ipairs { 0, 1, 15 } do
    refused(string.char(id, 2) .. ("x"):rep(size), size .. " octets")
  end
  refused(string.char(0x80 | id, 2) .. ("x"):rep(16), "16 octets marked as 20")
  left_open("octets too many may be ignored", function()
    for _, size in ipairs { 17, 19, 21 } do
      refused(string.char(id, 2) .. ("x"):rep(size), size .. " octets")
    end
    refused(string.char(id, 2) .. ("x"):rep(20), "20 octets not marked")
  end)
  expect_cc(session:cmd(0x06, 0x47, string.char(id, 3) .. "password" .. ("\0"):rep(8)), 0x00,
            "it is as it was")
  expect_cc(session:cmd(0x06, 0x47, { id, 0 }))
  expect_cc(session:cmd(0x06, 0x45, string.char(id) .. ("\0"):rep(16)))
end)
