-- The flag says that a message waits, and there is none: Get Message answers 80h, and
-- a client clears the flag and goes on. (enable-message-loss) IPMI v2.0, 22.6.
tags "command"

test("an empty queue is told by 80h, as often as one asks", function()
  local b = bmc "server-1u"
  b:answer(0x06, 0x31, { cc = 0, data = { 0x01 }, times = 1 })
  expect_eq(expect_cc(b:cmd(0x06, 0x31))[1], 1, "the flag is set, for once wrongly")
  for _ = 1, 3 do expect_cc(b:cmd(0x06, 0x33), 0x80) end
  expect_cc(b:cmd(0x06, 0x30, { 0x01 }), 0x00, "the flag is cleared")
  expect_eq(expect_cc(b:cmd(0x06, 0x31))[1] & 1, 0)
end)
