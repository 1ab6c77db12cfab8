-- One sensor answers C3h, time-out: a client shows the others, and that this one
-- has no reading. (c3-timeout)
tags("client", "sensor")

local function one_is_slow()
  local b = bmc "server-1u"
  local slow = b:sensor("DIMM A1 Temp").number
  b:command(0x04, 0x2d, function(request)
    if request[1] == slow then return 0xc3 end
    return request.original()
  end)
  return b
end

test("ipmitool", function()
  local r = one_is_slow():ipmitool("sdr list"):ok()
  r:says "^DIMM A1 Temp +| no reading"
  expect(#r:table() > 40)
end)

test("FreeIPMI", function()
  local b = one_is_slow()
  local r = b:freeipmi("ipmi-sensors", "--quiet-cache")
  expect_eq(trace:count { "Get Sensor Reading", cc = 0xc3 }, 1, "one sensor was slow")
  xfail "ipmi-sensors 1.6 ends the whole list at the first sensor that answers C3h"
  r:ok()
  expect(#r:table() > 40)
end)
