-- An answer that comes for a session that has ended meanwhile is dropped; it does not reach the next session,
-- whoever has it. IPMI v2.0, 6.13.
tags("bus", "bridge")

test("the session is closed before the satellite answers", function()
  local b = bmc "twin"
  b.chassis:mc(0x72):answer(0x06, 0x01, { after = "100ms" })
  local message = packet.message { rs_addr = 0x72, rq_addr = 0x20, rq_seq = 1, netfn = 6, cmd = 1 }
  local first = b:wire():session()
  expect_cc(first:cmd(0x06, 0x34, "\x40" .. message))
  first:close()
  local second = b:wire():session()
  sleep(1)
  expect(trace:count { link = "ipmb", from = 0x72, answer = true } == 1, "the satellite has answered")
  expect(not first.wire:receive(0), "nothing goes to the closed session")
  expect(not second.wire:receive(0), "nor to another")
  expect_cc(second:cmd(0x06, 0x01), 0x00, "which works")
end)
