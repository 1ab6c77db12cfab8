-- The answer before comes again just in front of the next one: a client knows it by
-- its rqSeq and command. (late-stale)
tags("client", "late")

-- Each answer's copy comes 3 ms later, each answer takes 2 ms.
local function stale()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "delay", direction = "from bmc", netfn = 0x05, span = "2ms" }
  b:fault { on = "lan", effect = "duplicate", direction = "from bmc", netfn = 0x05, span = "3ms" }
  return b
end

test("ipmitool", function() expect(#stale():ipmitool("sdr list"):ok():table() > 40) end)
test("ipmitool, 1.5", function()
  expect(#stale():ipmitool("sdr list", { lan15 = "md5" }):ok():table() > 40)
end)
test("FreeIPMI", function()
  expect(#stale():freeipmi("ipmi-sensors", "--quiet-cache"):ok():table() > 40)
end)
test("FreeIPMI, 1.5", function()
  expect(#stale():freeipmi("ipmi-sensors", "--quiet-cache", { lan15 = "md5" }):ok():table() > 40)
end)
