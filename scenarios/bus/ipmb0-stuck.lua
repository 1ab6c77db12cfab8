-- When one bus of IPMB-0 hangs, its link fails at once; the link sensor makes an event, and the other
-- bus works on. When it is free again a probe finds that out. PICMG 3.0, 3.2.2, 3.8.4.
tags("bus", "ipmb-0", "stuck")

-- What the link sensor has asserted: the state; and how B and A are, four bits each: bit 3 for local
-- control, and what is wrong.
local function link_events(b)
  local list = {}
  for _, e in ipairs(b:sel()) do
    if e.sensor_type == 0xf1 and not e.deasserted then
      list[#list + 1] = { e.offset, e.data[3] }
    end
  end
  return list
end

test("a board that blocks bus A does not silence the shelf", function()
  local b = bmc "shelf"
  local a = b.chassis:bus("ipmb0-a")
  b:sel_clear()
  a:fault { effect = "stick", to = 0x84, span = "20s", times = 1 }
  local session = b:connect():by_hand()
  local function ask(address, rq_seq)
    local message = packet.message { rs_addr = address, rq_addr = 0x20, rq_seq = rq_seq, netfn = 6, cmd = 1 }
    expect_cc(session:cmd(0x06, 0x34, "\x40" .. message), 0x00, ("request to %02Xh"):format(address))
  end
  for rq_seq = 1, 20 do
    ask(({ 0x82, 0x84, 0x86 })[rq_seq % 3 + 1], rq_seq)
    sleep("300ms")
  end
  expect_eq(a:stats().sticks, 1, "it was stuck")
  expect_eq(link_events(b), { { 2, 0x8a } }, "A disabled, B enabled; A: its data line is low")
  sleep("30s")
  expect_eq(link_events(b), { { 2, 0x8a }, { 3, 0x88 } }, "later both work again")
end)
