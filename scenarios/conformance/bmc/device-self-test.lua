-- Get Self Test Results gives a result that is in the table. IPMI v2.0, 20.4.
tags "device"

test("the result of the self test is a known one", function()
  local reply = expect_cc(target():connect():cmd(0x06, 0x04))
  expect_eq(#reply, 2, "the answer has 2 octets")
  if reply[1] == 0x55 or reply[1] == 0x56 then
    expect_eq(reply[2], 0, "passed, or without a test, the second octet is 0")
  end
  expect_ne(reply[1], 0x00, "00h is no result")
end)
