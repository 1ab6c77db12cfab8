-- A password is set with 16 octets or, marked so, 20. IPMI v2.0, 22.30.
tags "user"
writes()

test("passwords of another length are refused", function()
  local session = target():connect()
  session:set_user(7, "lengths", "password")
  for _, size in ipairs { 0, 1, 15, 17, 19, 21 } do
    expect_refused(session:cmd(0x06, 0x47, "\7\2" .. ("x"):rep(size)), size .. " octets")
  end
  expect_refused(session:cmd(0x06, 0x47, "\x87\2" .. ("x"):rep(16)),
                 "16 octets marked as 20")
  expect_refused(session:cmd(0x06, 0x47, "\7\2" .. ("x"):rep(20)), "20 octets not marked")
  expect_cc(session:cmd(0x06, 0x47, "\7\3password" .. ("\0"):rep(8)), 0x00,
            "it is as it was")
  expect_cc(session:cmd(0x06, 0x47, { 7, 0 }))
  expect_cc(session:cmd(0x06, 0x45, "\7" .. ("\0"):rep(16)))
end)
