-- ipmipower finds BMCs by pings of RMCP; where a BMC does not answer them it is told
-- to ping by IPMI, or not at all.
tags("client", "ipmipower", "workaround")

for _, way in ipairs {
  { "", true, false }, { "-W ipmiping", false, true }, { "--ping-interval=0", false, false },
} do
  test(way[1] == "" and "by RMCP" or way[1], function()
    local mc = bmc "server-1u"
    local shell = mc:ipmipower(way[1], { start = true, pty = true })
    shell:expect("ipmipower> ")
    if way[2] then trace:expect { "Presence Pong", within = 5 } end
    if way[3] then trace:expect { "Get Channel Authentication Capabilities", answer = true, within = 5 } end
    sleep("300ms")
    expect_eq(trace:count "Presence Pong" > 0, way[2])
    expect_eq(trace:count "Get Channel Authentication Capabilities" > 0, way[3])
    shell:write("stat\n"):expect("127%.0%.0%.1: on\n")
    shell:write("quit\n")
    shell:wait():ok()
  end)
end
