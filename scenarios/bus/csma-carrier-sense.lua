-- A node drives the bus some time after it saw it free: 5 bits, 50 us at 100 kHz. Who starts
-- within that window collides; who comes later waits for the end.
tags("bus", "contention", "csma")

-- Two frames, the second so much later; collisions, and the instant of the second's end.
local function two(delay)
  local chassis = bmc("bench-csma.emu").chassis
  for address, begin in pairs { [0x10] = 1, [0x12] = 1 + delay } do
    local node = chassis:controller(address)
    local frame = packet.message { rs_addr = 0x72, rq_addr = address, netfn = 0x07, cmd = 0x01 }
    at(begin, function() expect_eq(node:send(frame), "sent") end)
  end
  sleep(2)
  return chassis:bus():stats().collisions, trace:expect({ link = "ipmb", from = 0x12 })
end

test("49 us later both are lost", function()
  local collisions, second = two(49e-6)
  expect_eq({ collisions, second.fate }, { 2, "collided" })
end)

test("51 us later it waits, and backs off by at most 31 windows", function()
  local collisions, second = two(51e-6)
  expect_eq(collisions, 0)
  local free = 1 + 650e-6 + 4.7e-6
  local backed_off = second.at - 650e-6 - free
  expect(backed_off >= -1e-9 and backed_off <= 31 * 50e-6 + 1e-9,
         ("it backed off by %.1f us"):format(backed_off * 1e6))
end)
