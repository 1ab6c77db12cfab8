-- A FRU is written and read back over a network that loses, doubles, delays and
-- swaps datagrams: what is read is what was written.
tags("retry", "mix")

test("a FRU comes back as it was written", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms", retries = 40 }
  for _, effect in ipairs { "lose", "duplicate", "reorder" } do
    b:fault { on = "lan", effect = effect, probability = "15%" }
  end
  b:fault { on = "lan", effect = "delay", probability = "15%", span = "10ms", jitter = "300ms" }
  local octets = packet.random(200)
  c:write_fru(octets, 8)
  b.chassis:clear_faults()
  expect_eq(b:fru():sub(9, 208), octets)
  expect_eq(c:info().violations, 0)
end)
