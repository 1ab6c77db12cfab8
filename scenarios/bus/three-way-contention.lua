-- Of three that start together the lowest frame survives whole; the others learn it
-- and send when the bus is free again: nothing is lost. I2C-bus specification, arbitration.
tags("bus", "contention")

test("three contend, and go out in the order of their octets", function()
  local chassis = bmc("bench.emu").chassis
  local sent = {}
  -- All to 20h; they part at the address of who asks. Node 14h asks first.
  for _, address in ipairs { 0x14, 0x12, 0x10 } do
    local node = chassis:controller(address)
    local frame = packet.message { rs_addr = 0x20, rq_addr = address, netfn = 0x07, cmd = 0x01 }
    spawn(function()
      sent[address] = node:send(frame)
    end)
  end
  sleep(0.1)
  local frames = trace:frames { link = "ipmb", to = 0x20 }
  expect_eq({ frames[1].from, frames[2].from, frames[3].from }, { 0x10, 0x12, 0x14 })
  -- 650 us each, 4.7 us of rest between: no time was lost in contending.
  for i, frame in ipairs(frames) do
    expect_eq(frame.instant, i * 650000 + (i - 1) * 4700)
  end
  expect_eq({ sent[0x10], sent[0x12], sent[0x14] }, { "sent", "sent", "sent" })
  local stats = chassis:bus():stats()
  expect_eq({ stats.frames, stats.collisions }, { 3, 0 })
  expect_eq(stats.arbitration_losses, 2 + 1, "two lost to 10h, then one to 12h")
  expect_eq(chassis:bus():node(0x14).arbitration_losses, 2)
end)
