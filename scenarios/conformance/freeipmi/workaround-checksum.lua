-- FreeIPMI looks at each checksum and each authentication code: an answer with
-- a wrong one is as good as none, unless it is told not to look.
tags("client", "workaround")

local words = "--get-device-id"
local impatient = words .. " --session-timeout=500 --retransmission-timeout=150"

-- Octets of an IPMI 1.5 packet: 13 begins the authentication code, and with
-- none 36 is the last one of the answer to Get Device ID, its checksum.
local function spoil(mc, offset)
  return mc:fault { on = "lan", effect = "corrupt", direction = "from bmc",
                    netfn = 0x07, cmd = 0x01, offset = offset, mask = 0x55 }
end

test("a wrong checksum", function()
  local mc = bmc "server-1u"
  local fault = spoil(mc, 36)
  mc:freeipmi("bmc-info", impatient, { lan15 = "none" }):fails("session timeout")
  expect(fault:struck() >= 2, "FreeIPMI asked again")
  mc:freeipmi("bmc-info", words .. " -W nochecksumcheck", { lan15 = "none" }):ok()
    :says("^Device ID +: 32$")
end)

test("a wrong authentication code", function()
  local mc = bmc "server-1u"
  local fault = spoil(mc, 13)
  mc:freeipmi("bmc-info", impatient, { lan15 = "md5" }):fails("session timeout")
  expect(fault:struck() >= 2, "FreeIPMI asked again")
  mc:freeipmi("bmc-info", words .. " -W noauthcodecheck", { lan15 = "md5" }):ok()
    :says("^Device ID +: 32$")
end)

test("a wrong integrity code cannot be overlooked", function()
  local mc = bmc "server-1u"
  mc:fault { on = "lan", effect = "corrupt", direction = "from bmc", netfn = 0x07, cmd = 0x01,
             offset = 40, mask = 0x55 }
  mc:freeipmi("bmc-info", impatient, { suite = 2 }):fails("session timeout")
  mc:freeipmi("bmc-info", impatient .. " -W nochecksumcheck", { suite = 2 }):fails("session timeout")
end)
