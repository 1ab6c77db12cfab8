-- To a wrong AuthCode of IPMI 1.5 a BMC gives no answer: ipmitool asks again, and gives
-- up. IPMI v2.0, 13.6, 22.17.
tags("client", "session", "lan15")

test("a wrong password", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("mc info", { lan15 = "md5", password = "wrong", timeout = 2,
                                     args = { "-N", "1", "-R", "1" } })
  expect(r.timed_out or r.status ~= 0)
  r:lacks "Device ID"
  trace:expect { "Activate Session", link = "lan", direction = "to bmc" }
  trace:none { "Activate Session", link = "lan", direction = "from bmc" }
end)
