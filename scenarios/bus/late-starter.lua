-- Who starts within the hold time of another's START (4 us) still contends; who comes
-- later hears a busy bus and waits for its end. I2C-bus specification, tHD;STA.
tags("bus", "contention")

-- 12h begins at 1 s, 10h, whose frame would win, so much later. Gives who was first.
local function first_of(delay)
  local chassis = bmc("bench.emu").chassis
  for address, begin in pairs { [0x12] = 1, [0x10] = 1 + delay } do
    local node = chassis:controller(address)
    local frame = packet.message { rs_addr = 0x20, rq_addr = address, netfn = 0x07, cmd = 0x01 }
    at(begin, function() node:send(frame) end)
  end
  sleep(2)
  return trace:expect({ link = "ipmb", to = 0x20 }).from, chassis:bus():stats().arbitration_losses
end

test("3.9 us after START it takes part, and wins", function()
  expect_eq({ first_of(3.9e-6) }, { 0x10, 1 })
end)

test("4.1 us after START it waits, though its frame is lower", function()
  expect_eq({ first_of(4.1e-6) }, { 0x12, 0 })
end)
