-- While nobody acknowledges the event receiver's address, a satellite keeps its events and tries again;
-- when it is back they are logged, in their order. IPMI v2.0, 29.1.
tags("bus", "event")

test("events of a time without a receiver come when it is back", function()
  local b = bmc "twin"
  b:sel_clear()
  local away = b:fault { on = "ipmb", effect = "nak", from = 0x72, to = 0x20 }
  b.chassis:mc(0x72):sensor(1):set_raw(0xff)
  sleep(1)
  expect(away:struck() > 0, "it was tried")
  expect_eq(#b:sel(), 1, "only that the log was cleared")
  away:disarm()
  sleep(30)
  local events = 0
  for _, e in ipairs(b:sel()) do
    if e.generator == 0x72 then events = events + 1 end
  end
  expect(events > 0, "logged after all")
end)

test("with Set Event Receiver FFh none is sent, and none is missed", function()
  local b = bmc "twin"
  b:sel_clear()
  local node, satellite = b.chassis:controller(0x10), b.chassis:mc(0x72)
  expect_cc(node:ask(0x72, 0x04, 0x00, { 0xff, 0x00 }))
  satellite:sensor(1):set_raw(0xff)
  sleep(10)
  trace:none { netfn = 0x04, cmd = 0x02, from = 0x72 }
  expect_cc(node:ask(0x72, 0x04, 0x00, { 0x20, 0x00 }))
  sleep(10)
  -- Setting the receiver re-arms the sensors: what stands is told again.
  expect(trace:count { netfn = 0x04, cmd = 0x02, from = 0x72, answer = false } > 0)
end)
