-- Two that send the same octets to the same address do not notice each other: one frame
-- arrives, and both were sent. I2C-bus specification, arbitration.
tags("bus", "contention")

test("equal frames become one", function()
  local chassis = bmc("bench.emu").chassis
  local heard, sent = 0, {}
  chassis:controller(0x30, { otherwise = function() heard = heard + 1; return 0 end })
  local frame = packet.message { rs_addr = 0x30, rq_addr = 0x10, netfn = 0x06, cmd = 0x01 }
  for i, address in ipairs { 0x10, 0x12 } do
    local node = chassis:controller(address)
    spawn(function() sent[i] = node:send(frame) end)
  end
  sleep(0.1)
  expect_eq(sent, { "sent", "sent" })
  expect_eq(heard, 1, "how often 30h was asked")
  local stats = chassis:bus():stats()
  expect_eq({ stats.merged, stats.arbitration_losses, stats.collisions }, { 1, 0, 0 })
end)
