-- Requests under way at once arrive in another order: each is in the window, and
-- each is answered. (reorder) IPMI v2.0, 6.12.12, 6.12.13.
tags "sequence"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": eight requests arrive in any order", function()
    local b = bmc "server-1u"
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = 5 }
    b:fault { on = "lan", effect = "delay", direction = "to bmc", span = "1ms", jitter = "50ms" }
    local before, answered = b:sel_info().entries, 0
    for i = 1, 8 do
      spawn(function()
        c:sel_add(packet.sel_event { sensor = i })
        answered = answered + 1
      end)
    end
    wait_until(function() return answered == 8 end, 4, "all are answered")
    expect_eq(c:info().retries, 0)
    local seen = {}
    for _, entry in ipairs(b:sel()) do
      if entry.id > before then seen[entry.sensor] = (seen[entry.sensor] or 0) + 1 end
    end
    for i = 1, 8 do expect_eq(seen[i], 1, ("event %d is in the log once"):format(i)) end
  end)
end
