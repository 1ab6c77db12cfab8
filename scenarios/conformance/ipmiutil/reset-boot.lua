-- ipmiutil reset sets where the system boots from.
tags("client", "power", "boot")

for option, device in pairs { p = 1, h = 2, v = 5, b = 6, f = 15 } do
  test(("-%s is boot device %d"):format(option, device), function()
    local mc = bmc "server-1u"
    mc:ipmiutil("reset -" .. option):ok()
    local seen = {}
    for _, frame in ipairs(trace:frames { "Set System Boot Options", answer = false }) do
      if frame.data:byte(1) == 5 then seen[#seen + 1] = frame.data:byte(3) >> 2 & 15 end
    end
    expect_eq(seen[1], device)
  end)
end
