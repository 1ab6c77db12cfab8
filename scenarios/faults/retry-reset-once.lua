-- Cold Reset whose answer is lost: the BMC is reset once. The session is gone, so
-- the retransmission finds nobody; the console opens another. IPMI v2.0, 20.2.
tags "retry"

test("a cold reset happens once", function()
  local b = bmc "server-1u"
  local resets = 0
  b:on("reset", "cold", function() resets = resets + 1 end)
  local c = b:connect { timeout = "500ms" }
  b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x02 }
  expect_silence(c:cmd(0x06, 0x02))
  expect_eq(c:info().retries, 4)
  sleep(10)
  expect_eq(resets, 1, "it was reset once")
  c:open()
  expect_eq(c:device_id().ipmi, "2.0")
end)
