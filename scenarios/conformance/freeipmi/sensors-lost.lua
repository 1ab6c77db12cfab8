-- A long dialogue over a bad wire: every sensor and every entry of the log is there
-- all the same, once.
tags("client", "ipmi-sensors", "ipmi-sel")

local words = "--quiet-cache --no-header-output --session-timeout=20000 --retransmission-timeout=100"

for _, how in ipairs { { suite = 17 }, { lan15 = "md5" } } do
  test(how.suite and "RMCP+" or "IPMI 1.5", function()
    local mc = bmc "server-1u"
    local sensors = #mc:freeipmi("ipmi-sensors", words, how):ok():lines()
    local fault = mc:fault { on = "lan", effect = "lose", every = 17 }
    expect_eq(#mc:freeipmi("ipmi-sensors", words, how):ok():lines(), sensors)
    expect_eq(#mc:freeipmi("ipmi-sel", words, how):ok():lines(), #mc:sel())
    expect(fault:struck() > 5)
  end)
end
