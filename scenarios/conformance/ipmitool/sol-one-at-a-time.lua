-- One console at a time: a second one is refused, and "sol deactivate" ends the first.
-- IPMI v2.0, 24.1, 24.2.
tags("client", "sol")

local function activate(mc)
  local console = mc:ipmitool("sol activate", { start = true, pty = true })
  console:expect(plain "[SOL Session operational")
  return console
end

test("the second is refused, and can end the first", function()
  local mc = bmc "server-1u"
  activate(mc)
  mc:ipmitool("sol activate", { pty = true })
    :fails "SOL payload already active on another session"
  trace:expect { "Activate Payload", cc = 0x80, link = "clear" }
  mc:ipmitool("sol deactivate"):ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x4a, { 1 })):le(2, 2), 0, "no instance is active")
  mc:ipmitool("sol deactivate"):fails "SOL payload already de%-activated"
end)

test("the first is told", { xfail = "ipmitool does not look at the bit by which a BMC says that "
     .. "Serial over LAN was deactivated, and goes on as if it was not" }, function()
  local mc = bmc "server-1u"
  local first = activate(mc)
  mc:ipmitool("sol deactivate"):ok()
  local last = trace:frames { payload = "sol", direction = "from bmc", link = "clear" }
  expect_eq(last[#last].data:byte(4) & 0x10, 0x10, "the BMC has told it")
  first:expect("SOL session closed by BMC", 1)
end)

test("closed with its session, it is free again", function()
  local mc = bmc "server-1u"
  local first = activate(mc)
  first:write "\r~."
  first:wait():ok()
  mc:ipmitool("sol looptest 1 20"):ok():says "SOL Session operational"
end)
