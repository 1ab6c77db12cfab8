-- The answer to Add SEL Entry is lost, twice: the console asks again, the BMC
-- answers as before, and there is one record. (late-after-retry)
tags "retry"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": an event whose answer is lost is logged once", function()
    local b = bmc "server-1u"
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = "100ms" }
    b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x44, times = 2 }
    local before = b:sel_info().entries
    local id = c:sel_add(packet.sel_event { sensor = 0x31 })
    expect_eq(c:info().retries, 2)
    expect_eq(b:sel_info().entries, before + 1, "one record")
    expect_eq(b:sel_entry(0xffff).id, id, "the answer names it")
    expect_eq(b:lan():stats().dropped["a repeated request, answered as before"], 2)
  end)

  test(format .. ": and so it is when the answer is late, not lost", function()
    local b = bmc "server-1u"
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil, timeout = 1 }
    b:fault { on = "lan", effect = "delay", direction = "from bmc", cmd = 0x44, span = "1200ms" }
    local before = b:sel_info().entries
    c:sel_add(packet.sel_event { sensor = 0x31 })
    sleep(3)
    expect_eq(b:sel_info().entries, before + 1)
    expect_eq({ c:info().retries, c:info().repeats, c:info().violations }, { 1, 1, 0 })
  end)
end
