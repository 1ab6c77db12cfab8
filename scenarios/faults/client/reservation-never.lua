-- C5h for ever: a client ends after a bounded number of tries, and not with exit
-- status 0 as if there were no sensors. (c5-forever)
tags("client", "sdr")

local function never()
  local b = bmc "server-1u"
  return b, b:answer(0x0a, 0x23, { cc = 0xc5 })
end

test("FreeIPMI", function()
  local b, answer = never()
  b:freeipmi("ipmi-sensors", "--quiet-cache"):fails "internal IPMI error"
  expect(answer:asked() < 50)
end)

test("ipmitool", function()
  local b, answer = never()
  local r = b:ipmitool("sdr list", { timeout = 20 })
  expect(not r.timed_out, "it ends")
  expect(answer:asked() < 50, "after a few tries")
  xfail "ipmitool prints nothing and ends with exit status 0"
  r:fails()
end)
