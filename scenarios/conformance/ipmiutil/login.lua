-- ipmiutil logs in by the ways that both sides have.
tags("client", "session")

for _, suite in ipairs { 1, 2, 3 } do
  test(("RMCP+ with cipher suite %d"):format(suite), function()
    local mc = bmc "server-1u"
    mc:ipmiutil("cmd 00 20 18 01", { suite = suite }):ok():says "respData%[len=15%]: 20 01 "
    trace:expect { "Get Device ID", direction = "from bmc", cc = 0 }
  end)
end

for _, kind in ipairs { "md5", "straight" } do
  test("IPMI 1.5 with " .. kind, function()
    local mc = bmc "server-1u"
    mc:ipmiutil("cmd 00 20 18 01", { lan15 = kind }):ok():says "respData%[len=1[56]%]: 20 01 "
  end)
end
