-- Serial over LAN is refused where it is disabled, to users without it, and without
-- encryption where that is forced. IPMI v2.0, 24.1, 24.6, 26.3.
tags("client", "sol")

local function activate(mc, options)
  local o = options or {}
  o.pty = true
  return mc:ipmitool("sol activate", o)
end

test("where it is disabled", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sol set enabled false 1"):ok()
  activate(mc):fails "SOL payload disabled"
  trace:expect { "Activate Payload", cc = 0x81, link = "clear" }
end)

test("without encryption where that is forced", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sol set force-encryption true 1"):ok()
  activate(mc, { suite = 2 }):fails "cannot activate SOL payload without encryption"
end)

test("to a user without it", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sol payload status 1 2"):ok():says "^User 2 on channel 1 is enabled$"
  mc:ipmitool("sol payload disable 1 2"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x4d, { 1, 2 }))[1] & 2, 0)
  mc:ipmitool("sol payload status 1 2"):ok():says "^User 2 on channel 1 is disabled$"
  activate(mc):fails()
  mc:ipmitool("sol payload enable 1 2"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x4d, { 1, 2 }))[1] & 2, 2)
end)

test("an instance that there is not, and IPMI 1.5", function()
  local mc = bmc "server-1u"
  mc:ipmitool("sol activate instance=9", { pty = true }):fails()
  mc:ipmitool("sol activate", { lan15 = "md5", pty = true }):fails()
end)
