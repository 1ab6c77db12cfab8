-- Packets get lost: FreeIPMI asks again, and the BMC takes it for what it is.
-- IPMI v2.0, 6.12.8, 13.18.
tags("client", "session")

local function who(mc, how)
  local words = "--get-device-id --session-timeout=9000 --retransmission-timeout=100"
  mc:freeipmi("bmc-info", words, how):ok()
    :says("^Device ID +: 32$")
end

for _, direction in ipairs { "to bmc", "from bmc" } do
  test(("every third packet %s is lost, RMCP+"):format(direction), function()
    local mc = bmc "server-1u"
    local fault = mc:fault { on = "lan", effect = "lose", direction = direction, every = 3 }
    who(mc, { suite = 3 })
    who(mc, { suite = 17 })
    expect(fault:struck() >= 4)
  end)

  test(("every third packet %s is lost, IPMI 1.5"):format(direction), function()
    local mc = bmc "server-1u"
    local fault = mc:fault { on = "lan", effect = "lose", direction = direction, every = 3 }
    who(mc, { lan15 = "md5" })
    expect(fault:struck() >= 2)
  end)
end
