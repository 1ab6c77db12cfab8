-- Without collision detection all frames that start together are lost, and no sender is told;
-- the missing answer is the first sign. OpenIPMI's description of the IPMB.
tags("bus", "contention", "csma")

test("three that start together are lost, and are told that all went well", function()
  local chassis = bmc("bench-csma.emu").chassis
  local sent = {}
  for i, address in ipairs { 0x10, 0x12, 0x14 } do
    local node = chassis:controller(address)
    local frame = packet.message { rs_addr = 0x72, rq_addr = address, netfn = 0x06, cmd = 0x01 }
    spawn(function() sent[i] = node:send(frame) end)
  end
  sleep(0.1)
  expect_eq(sent, { "sent", "sent", "sent" })
  expect_eq(chassis:bus():stats().collisions, 3)
  local frames = trace:frames { link = "ipmb", to = 0x72 }
  for _, frame in ipairs(frames) do
    expect_eq({ frame.fate, frame.instant }, { "collided", 650000 })
  end
  trace:none { link = "ipmb", from = 0x72 }
end)

test("requests that collided get through later: each waits by chance", function()
  local chassis = bmc("bench-csma.emu").chassis
  local done = 0
  for _, address in ipairs { 0x10, 0x12, 0x14 } do
    local node = chassis:controller(address)
    spawn(function()
      expect_cc(node:ask(0x72, 0x06, 0x01))
      done = done + 1
    end)
  end
  wait_until(function() return done == 3 end, 1.5, "all are answered")
  expect(chassis:bus():stats().collisions >= 3)
  expect(chassis:bus():stats().retries >= 3)
end)
