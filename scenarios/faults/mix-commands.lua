-- Whatever mix of faults befalls the network, the BMC has carried out each command
-- that was answered once, and each that was not answered once or never.
tags "mix"

local effects = {
  { effect = "lose" }, { effect = "duplicate", span = "20ms" },
  { effect = "delay", span = "5ms", jitter = "400ms" }, { effect = "reorder", span = "100ms" },
  { effect = "corrupt" }, { effect = "truncate" },
}

-- One to four of them, both ways or one way, 3 to 25 % each.
local function random_mix(b)
  for _ = 1, math.random(4) do
    local spec = { on = "lan", probability = math.random(3, 25) / 100 }
    for key, value in pairs(effects[math.random(#effects)]) do spec[key] = value end
    if math.random(2) == 1 then spec.direction = math.random(2) == 1 and "to bmc" or "from bmc" end
    b:fault(spec)
  end
end

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": four consoles log events", function()
    local b = bmc "server-1u"
    b:sel_clear()
    sleep(2)
    local consoles = {}
    for i = 1, 4 do
      consoles[i] = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = "200ms" }
    end
    random_mix(b)
    local answered, unsure, done = {}, {}, 0
    for i, c in ipairs(consoles) do
      spawn(function()
        for n = 1, 12 do
          local mark = i << 4 | n
          local r = c:cmd(0x0a, 0x44, packet.sel_event { sensor = mark })
          if r.cc == 0 then answered[mark] = r:le(1, 2) else unsure[mark] = true end
        end
        done = done + 1
      end)
    end
    wait_until(function() return done == #consoles end, 1000, "all have had their turns")
    b.chassis:clear_faults()
    sleep(2)
    local times, ids = {}, {}
    for _, e in ipairs(b:sel()) do
      if e.generator == 0x41 then
        times[e.sensor] = (times[e.sensor] or 0) + 1
        ids[e.sensor] = e.id
      end
    end
    for i = 1, 4 do
      for n = 1, 12 do
        local mark = i << 4 | n
        local count = times[mark] or 0
        expect(count == 1 or (count == 0 and unsure[mark]),
               ("event %02Xh is in the log %d times"):format(mark, count))
        expect(unsure[mark] or answered[mark] == ids[mark], "the answer named its record")
      end
    end
  end)
end
