-- What the host says by itself is seen at the console: its firmware when it is reset,
-- or turned on while the console waits. A break sends it a system request. IPMI v2.0, 15.
tags("client", "sol")

local function activate(mc)
  local console = mc:ipmitool("sol activate", { start = true, pty = true })
  console:expect(plain "[SOL Session operational")
  return console
end

test("a reset is seen from its first line", function()
  local mc = bmc "server-1u"
  mc.chassis.host:wait("os", 120)
  local console = activate(mc)
  mc:power "reset"
  console:expect "ipmilab firmware"
  console:write "\r~."
  console:wait():ok()
end)

test("a break is sent with ~B", function()
  local mc = bmc "server-1u"
  local console = activate(mc)
  console:write "\r~B"
  console:expect(plain "[send break]")
  trace:wait({ payload = "sol", direction = "to bmc", link = "clear" }, 5)
  console:write "\r~."
  console:wait():ok()
end)

test("a host that is off is watched being turned on", function()
  local mc = bmc "server-1u"
  mc:power "off"
  mc.chassis.host:wait("off", 30)
  local console = activate(mc)
  mc:power "on"
  console:expect "ipmilab firmware"
  console:write "\r~."
  console:wait():ok()
end)
