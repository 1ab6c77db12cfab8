-- "mc reset" restarts the controller, not its host. IPMI v2.0, 20.2, 20.3.
tags("client", "device")

for kind, events in pairs { cold = { "cold", "started" }, warm = { "warm" } } do
  test(kind .. " is what the controller does", function()
    local mc = bmc "server-1u"
    local seen = {}
    mc:on("reset", function(e) seen[#seen + 1] = e.what end)
    mc:ipmitool("mc reset " .. kind):ok():says("^Sent " .. kind .. " reset command to MC$")
    wait_until(function() return #seen == #events end)
    expect_eq(seen, events)
    expect(mc.chassis.host:is_on(), "the host stays on")
    mc:ipmitool("mc info"):ok()
  end)
end

test("neither for who is no administrator, nor what is neither", function()
  local mc = bmc "server-1u"
  mc:on("reset", function(e) error("it was reset: " .. e.what) end)
  mc:ipmitool("mc reset warm", { privilege = "operator" }):fails "Insufficient privilege level"
  mc:ipmitool("mc reset lukewarm"):fails "[Ii]nvalid"
end)

test("an operator learns that his cold reset was refused",
     { xfail = "ipmitool does not wait for an answer to Cold Reset, and says that all is well" },
     function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("mc reset cold", { privilege = "operator" })
  trace:expect { "Cold Reset", answer = true, cc = 0xd4, link = "clear" }
  r:fails()
end)
