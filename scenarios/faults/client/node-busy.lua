-- C0h, node busy, means: try again. No installed client does. (c0-node-busy)
-- IPMI v2.0, 5.2.
tags("client", "retry")

local function busy(netfn, cmd)
  local b = bmc "server-1u"
  return b, b:answer(netfn, cmd, { cc = 0xc0, times = 1 })
end

test("ipmitool: Get Chassis Status", function()
  local b, answer = busy(0x00, 0x01)
  local r = b:ipmitool "chassis status"
  expect_eq(answer:struck(), 1, "the BMC was busy once")
  xfail "ipmitool gives up at the first C0h"
  r:ok()
end)

test("FreeIPMI: Get Chassis Status", function()
  local b, answer = busy(0x00, 0x01)
  local r = b:freeipmi("ipmi-chassis", "--get-chassis-status")
  expect_eq(answer:struck(), 1)
  xfail "FreeIPMI gives up at the first C0h"
  r:ok()
end)

test("pyghmi: Get Chassis Status", function()
  local b, answer = busy(0x00, 0x01)
  local r = b:pyghmi "print(bmc.get_power())"
  expect_eq(answer:struck(), 1)
  xfail "pyghmi raises an exception at the first C0h"
  r:ok()
end)

for tool, ask in pairs {
  ipmitool = function(b) return b:ipmitool "mc guid" end,
  FreeIPMI = function(b) return b:freeipmi("bmc-info", "--get-device-guid") end,
} do
  test(tool .. ": Set Session Privilege Level", function()
    local b, answer = busy(0x06, 0x3b)
    local r = ask(b)
    expect_eq(answer:struck(), 1)
    xfail(tool .. " gives the log-in up when the BMC is busy at its last step")
    r:ok()
  end)
end
