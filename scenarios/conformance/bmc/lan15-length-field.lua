-- A message whose length field is not its length is dropped. IPMI v2.0, 13.6.
tags "lan15"

test("a length field that is wrong by one is not answered", function()
  local session = target():wire():session { lan15 = "md5" }
  expect_silence(session:cmd(0x06, 0x01, nil, { length = 8 }), "one more than there is")
  expect_silence(session:cmd(0x06, 0x01, nil, { length = 6 }), "less than a message has")
  expect_silence(session:cmd(0x06, 0x01, nil, { length = 0 }), "nothing")
  expect_cc(session:cmd(0x06, 0x01))
end)
