-- Two consoles log in side by side while neighbours swap places on the way: no
-- answer goes to the wrong one. (reorder)
tags "login"

for _, direction in ipairs { "to bmc", "from bmc" } do
  test(("datagrams %s swap places"):format(direction), function()
    local b = bmc "server-1u"
    local fault = b:fault { on = "lan", effect = "reorder", direction = direction, span = "50ms" }
    local open = {}
    for i = 1, 6 do
      spawn(function()
        local c = b:connect { lan15 = i % 2 == 0 and "md5" or nil }
        open[#open + 1] = c
      end)
    end
    wait_until(function() return #open == 6 end, 20, "all are open")
    expect(fault:struck() > 10, "many swapped places")
    for _, c in ipairs(open) do
      expect_eq(c:device_id().ipmi, "2.0")
      expect_eq(c:info().violations, 0)
    end
    expect_eq(b:lan():stats().sessions, 6, "six sessions, of six consoles")
    for _, c in ipairs(open) do c:close() end
    expect_eq(b:lan():stats().sessions, 0)
  end)
end
