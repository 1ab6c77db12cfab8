-- 81h, FRU device busy, and a moment later the data: a client waits and asks again.
-- No installed one does. (fru-busy) IPMI v2.0, 34.2.
tags("client", "fru")

local function busy()
  local b = bmc "server-1u"
  return b, b:answer(0x0a, 0x11, { cc = 0x81, times = 1 })
end

test("ipmitool", function()
  local b, answer = busy()
  local r = b:ipmitool "fru print 0"
  expect_eq(answer:struck(), 1, "it was busy once")
  xfail "ipmitool calls a FRU that is busy not present"
  r:says "SN1U000417"
end)

test("FreeIPMI", function()
  local b, answer = busy()
  local r = b:freeipmi("ipmi-fru", "--quiet-cache --device-id=0")
  expect_eq(answer:struck(), 1)
  xfail "ipmi-fru gives up at the first 81h"
  r:says "SN1U000417"
end)
