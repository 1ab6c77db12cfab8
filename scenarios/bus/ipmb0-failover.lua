-- IPMB-0 of a shelf is two buses, A and B. Controllers send on them by turns; what has no success
-- on one goes out on the other at once, and no answer is missing. PICMG 3.0, 3.2.2.
tags("bus", "ipmb-0")

test("requests go by turns over A and B", function()
  local chassis = bmc("shelf").chassis
  local before_a, before_b = chassis:bus("ipmb0-a"):stats().frames, chassis:bus("ipmb0-b"):stats().frames
  local bmc_side = chassis.bmc:connect():by_hand()
  for rq_seq = 1, 10 do
    local message = packet.message { rs_addr = 0x82, rq_addr = 0x20, rq_seq = rq_seq, netfn = 6, cmd = 1 }
    expect_cc(bmc_side:cmd(0x06, 0x34, "\x40" .. message))
  end
  sleep(0.1)
  expect_eq(chassis:bus("ipmb0-a"):stats().frames - before_a, 10, "requests and answers on A")
  expect_eq(chassis:bus("ipmb0-b"):stats().frames - before_b, 10, "and on B")
end)

test("with A cut everything goes over B, and no answer is missing", function()
  local chassis = bmc("shelf").chassis
  chassis:bus("ipmb0-a"):fault { effect = "cut", segment = { 0x82 } }
  local session = chassis.bmc:connect():by_hand()
  for rq_seq = 1, 10 do
    local message = packet.message { rs_addr = 0x82, rq_addr = 0x20, rq_seq = rq_seq, netfn = 6, cmd = 1 }
    expect_cc(session:cmd(0x06, 0x34, "\x40" .. message), 0x00, "request " .. rq_seq)
  end
  sleep(1)
  expect_eq(trace:count { link = "ipmb0-b", from = 0x82, cmd = 1, answer = true }, 10)
  expect(trace:count { link = "ipmb0-a", to = 0x82, fate = "NAKed" } > 0, "A was tried")
end)
