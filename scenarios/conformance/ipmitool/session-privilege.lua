-- "-L" opens a session at that level, and what needs more is refused. IPMI v2.0, 6.8,
-- 22.18, table G-1.
tags("client", "session")

-- Each level's first command that the level beneath must not give.
local steps = {
  { "user", "chassis status", true }, { "user", "power off", false },
  { "user", "user list 1", false },
  { "operator", "user list 1", true }, { "operator", "sel clear", true },
  { "operator", "user set name 9 x", false }, { "operator", "mc reset warm", false },
  { "admin", "user set name 9 x", true },
}

for _, lan15 in ipairs { false, "md5" } do
  test(lan15 and "over IPMI 1.5" or "over RMCP+", function()
    local mc = bmc "server-1u"
    for _, step in ipairs(steps) do
      local level, words, may = table.unpack(step)
      local r = mc:ipmitool(words, { privilege = level, lan15 = lan15 or nil })
      if may then r:ok() else r:fails "Insufficient privilege level" end
    end
    expect(mc.chassis.host:is_on(), "nobody switched it off")
  end)
end

test("callback may next to nothing", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc info", { privilege = "callback" }):fails "Insufficient privilege level"
end)
