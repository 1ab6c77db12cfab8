-- The first octet on the wire is the destination: among those who start together the
-- lower destination wins, whoever sends. I2C-bus specification, arbitration.
tags("bus", "contention")

test("six contend; destination counts before source", function()
  local chassis = bmc("bench.emu").chassis
  local pairs_of = { { 0x10, 0x76 }, { 0x12, 0x74 }, { 0x14, 0x72 }, { 0x16, 0x76 }, { 0x18, 0x74 },
                     { 0x1a, 0x72 } }
  for _, p in ipairs(pairs_of) do
    local node = chassis:controller(p[1])
    local frame = packet.message { rs_addr = p[2], rq_addr = p[1], netfn = 0x07, cmd = 0x01 }
    spawn(function() expect_eq(node:send(frame), "sent") end)
  end
  sleep(0.1)
  local order = {}
  for i, frame in ipairs(trace:frames { link = "ipmb", fate = "ignored" }) do
    order[i] = ("%02x>%02x"):format(frame.from, frame.to)
  end
  expect_eq(table.concat(order, " "), "14>72 1a>72 12>74 18>74 10>76 16>76")
end)
