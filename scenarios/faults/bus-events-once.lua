-- Events of satellites are sent until they are answered: whatever the bus does to
-- them, each is in the log once. IPMI v2.0, 29.3; IPMB v1.0, message retries.
tags("bus", "mix")

local mixes = {
  ["answers lost"] = { { effect = "lose", probability = "40%" } },
  ["frames doubled"] = { { effect = "duplicate", probability = "60%", span = "2ms" } },
  ["octets damaged"] = { { effect = "corrupt", probability = "30%" } },
  ["NAKs"] = { { effect = "nak", probability = "30%" } },
  ["late frames"] = { { effect = "delay", probability = "40%", span = "5ms", jitter = "400ms" } },
  ["everything at once"] = {
    { effect = "lose", probability = "10%" }, { effect = "duplicate", probability = "10%" },
    { effect = "corrupt", probability = "10%" }, { effect = "nak", probability = "10%" },
    { effect = "delay", probability = "10%", span = "5ms", jitter = "200ms" },
    { effect = "stretch", probability = "10%", span = "1ms" },
  },
}

for name, faults in pairs(mixes) do
  test(name, function()
    local b = bmc "twin"
    local node = b.chassis:controller(0xb0)
    b:sel_clear()
    sleep(2)
    for _, fault in ipairs(faults) do b.chassis:bus():fault(fault) end
    local taken, unsure = {}, {}
    for n = 1, 30 do
      local r = node:ask(0x20, 0x04, 0x02, { 0x04, 0x12, n, 0x6f, 0x01, 0xff, 0xff })
      if r.cc == 0 then taken[n] = true else unsure[n] = true end
      sleep(0.01)
    end
    b.chassis:clear_faults()
    sleep(10)
    local times = {}
    for _, e in ipairs(b:sel()) do
      if e.generator == 0xb0 then times[e.sensor] = (times[e.sensor] or 0) + 1 end
    end
    for n = 1, 30 do
      local count = times[n] or 0
      expect(count == 1 or (count == 0 and unsure[n]), ("event %d is there %d times"):format(n, count))
    end
  end)
end
