-- Clearing the log cancels the reservation. IPMI v2.0, 31.4.
tags("sel", "waits")
writes()

test("after the log was cleared, the reservation is none any more", function()
  local session = target():connect()
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  expect_cc(session:cmd(0x0a, 0x47, reservation .. "CLR\xaa"))
  sleep(5)
  expect_cc(session:cmd(0x0a, 0x47, reservation .. "CLR\xaa"), 0xc5)
end)
