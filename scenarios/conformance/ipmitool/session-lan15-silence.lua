-- To a wrong AuthCode of IPMI 1.5 a BMC gives no answer: ipmitool asks again, and gives
-- up. IPMI v2.0, 13.6, 22.17.
tags("client", "session", "lan15")

test("a wrong password", function()
  local mc = bmc "server-1u"
  local client = mc:ipmitool("mc info", { lan15 = "md5", password = "wrong", start = true,
                                          args = { "-N", "1" } })
  for _ = 1, 2 do trace:wait { "Activate Session", link = "lan", direction = "to bmc" } end
  trace:none { "Activate Session", link = "lan", direction = "from bmc" }
  client:kill()
  client:wait():lacks "Device ID"
end)
