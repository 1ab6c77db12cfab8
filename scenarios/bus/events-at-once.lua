-- All satellites of a shelf see the same heat at the same instant: their events contend for the bus, and
-- every one of them is logged, the lowest sender first. IPMI v2.0, 29.3; I2C-bus specification.
tags("bus", "event", "contention")

test("events of five nodes that begin together are all logged", function()
  local b = bmc("bench.emu")
  local senders, answered = { 0x18, 0x10, 0x16, 0x12, 0x14 }, 0
  for _, address in ipairs(senders) do
    local node = b.chassis:controller(address)
    spawn(function()
      expect_cc(node:ask(0x20, 0x04, 0x02, { 0x04, 0x01, address, 0x01, 0x57, 0x50, 0x40 }))
      answered = answered + 1
    end)
  end
  wait_until(function() return answered == #senders end, 1, "all are answered")
  local order = {}
  for i, e in ipairs(b:sel()) do order[i] = e.generator end
  -- To 20h all of them, with the same function: they part at the address of the sender.
  expect_eq(order, { 0x10, 0x12, 0x14, 0x16, 0x18 })
  expect_eq(b.chassis:bus():stats().given_up, 0)
end)

test("both nodes of a chassis, three events each", function()
  local b = bmc "twin"
  b:sel_clear()
  for _, address in ipairs { 0x72, 0x74 } do b.chassis:mc(address):sensor(1):set_raw(0xff) end
  sleep(1)
  local count = {}
  for _, e in ipairs(b:sel()) do count[e.generator] = (count[e.generator] or 0) + 1 end
  expect_eq({ count[0x72], count[0x74] }, { 3, 3 })
end)
