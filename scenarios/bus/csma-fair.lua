-- On a bus without arbitration nodes that always want to send have about equal shares: who
-- found the bus busy waits by chance, whatever its address.
tags("bus", "contention", "csma")

test("four nodes share a full bus about equally", function()
  local chassis = bmc("bench-csma.emu").chassis
  local addresses = { 0x10, 0x30, 0xa0, 0xe0 }
  for _, address in ipairs(addresses) do
    local node = chassis:controller(address)
    local frame = packet.message { rs_addr = 0x72, rq_addr = address, netfn = 0x07, cmd = 0x01 }
    spawn(function()
      while true do node:send(frame) end
    end)
  end
  sleep(2)
  local total, sent = 0, {}
  for _, address in ipairs(addresses) do
    sent[address] = chassis:bus():node(address).frames_sent
    total = total + sent[address]
  end
  expect(total > 1000, ("frames that got through: %d"):format(total))
  for address, count in pairs(sent) do
    expect_near(count / total, 0.25, 0.05, ("the share of %02Xh"):format(address))
  end
end)
