-- Clear SEL whose answer is lost is not carried out a second time: what was
-- logged meanwhile stays. (late-after-retry)
tags "retry"

test("an event that comes between the clearing and its retransmission stays", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "500ms" }
  for i = 1, 5 do b:sel_add(packet.sel_event { sensor = i }) end
  b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x47, times = 1 }
  at(now() + 0.2, function() b:sel_add(packet.sel_event { sensor = 0x77 }) end)
  local reservation = expect_cc(c:cmd(0x0a, 0x42)).data
  expect_cc(c:cmd(0x0a, 0x47, reservation .. "CLR\xaa"))
  expect_eq(c:info().retries, 1)
  expect_eq(b:sel_entry(0xffff).sensor, 0x77, "the new event is there")
  expect(b:sel_info().entries <= 2, "the old ones are not")
end)
