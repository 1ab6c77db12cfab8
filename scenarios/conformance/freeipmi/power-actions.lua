-- ipmipower's actions, and what they do to the host. IPMI v2.0, 28.3.
tags("client", "ipmipower")

local function off(mc)
  mc.chassis.host:power("off")
  mc.chassis.host:wait("off")
end

local function stat(mc, options)
  return mc:ipmipower("--stat", options):ok():says("^127%.0%.0%.1: (%w+)$")
end

for _, action in ipairs {
  { "--off", "off" }, { "--cycle", "off" }, { "--reset", "reset" }, { "--pulse", "nmi" },
  { "--soft", "soft shutdown" },
} do
  test(action[1], function()
    local mc = bmc "server-1u"
    local first
    mc:on("power", function(e) first = first or e.what end)
    mc:ipmipower(action[1]):ok():says("^127%.0%.0%.1: ok$")
    wait_until(function() return first end, 10, "something happens to the host")
    expect_eq(first, action[2])
  end)
end

test("--on, and --stat before and after", function()
  local mc = bmc "server-1u"
  off(mc)
  expect_eq(stat(mc), "off")
  mc:ipmipower("--on"):ok():says(": ok$")
  mc.chassis.host:wait("on")
  for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" }, { lan15 = "md2" },
                         { lan15 = "none" } } do
    expect_eq(stat(mc, how), "on")
  end
end)

test("--on-if-off makes a reset of a host that is off an on", function()
  local mc = bmc "server-1u"
  off(mc)
  mc:ipmipower("--reset --on-if-off"):ok():says(": ok$")
  mc.chassis.host:wait("on")
end)
