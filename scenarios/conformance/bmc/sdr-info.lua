-- The repository says how many records there are and what can be done.
-- IPMI v2.0, 33.9, 33.10.
tags("sdr", "waits")

test("there are as many records as the repository says", function()
  local session = target():connect()
  local info = expect_cc(session:cmd(0x0a, 0x20))
  expect(info[1] == 0x51 or info[1] == 0x02, "the version is that of IPMI 1.5 or 2.0")
  expect_eq(#session:sdrs(), info:le(2, 2), "the records are as many as the count")
  expect(#session:sdrs() >= 1, "a BMC has a record of itself")
end)

test("the allocation information adds up", function()
  local session = target():connect()
  if expect_cc(session:cmd(0x0a, 0x20))[14] & 0x01 == 0 then skip "it says it has none" end
  local reply = expect_cc(session:cmd(0x0a, 0x21))
  expect_eq(#reply, 9, "the answer has 9 octets")
  expect(reply:le(5, 2) <= reply:le(1, 2), "no more free units than there are")
  expect(reply:le(7, 2) <= reply:le(5, 2),
         "the largest free block is not above what is free")
end)

test("the repository's clock runs", function()
  local session = target():connect()
  local first = expect_cc(optional(session:cmd(0x0a, 0x28), "Get SDR Repository Time")):le(1, 4)
  sleep(3)
  expect_near(session:cmd(0x0a, 0x28):le(1, 4), first + 3, 1, "three seconds later")
end)
