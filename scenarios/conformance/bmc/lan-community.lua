-- The community string has 18 octets, and is read as it was written.
-- IPMI v2.0, 23.1, parameter 16.
tags "lan-parameters"
writes()

test("a community string is kept, and one of another length refused", function()
  local session = target():connect()
  local before = session:lan_parameter(16)
  expect_eq(#before, 18, "it has 18 octets")
  session:set_lan_parameter(16, "private" .. ("\0"):rep(11))
  expect_eq(session:lan_parameter(16), "private" .. ("\0"):rep(11))
  for _, size in ipairs { 0, 1, 17, 19 } do
    expect_refused(session:cmd(0x0c, 0x01, "\x01\x10" .. ("x"):rep(size)),
                   size .. " octets")
  end
  expect_eq(session:lan_parameter(16), "private" .. ("\0"):rep(11), "it is as it was")
  session:set_lan_parameter(16, before)
end)
