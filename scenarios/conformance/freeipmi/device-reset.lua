-- bmc-device resets the BMC, cold or warm: sessions end, and what is volatile
-- begins anew; the host goes on. IPMI v2.0, 20.2, 20.3.
tags("client", "bmc-device")

local function reset(mc, kind, netfn_cmd)
  local seen
  mc:on("reset", kind, function() seen = true end)
  mc:freeipmi("bmc-device", ("--%s-reset"):format(kind)):ok()
  wait_until(function() return seen end, 5, "the reset")
  trace:expect { netfn = 0x06, cmd = netfn_cmd, answer = true, cc = 0 }
  mc:freeipmi("bmc-info", "--get-device-id --session-timeout=9000 --retransmission-timeout=300"):ok()
  expect(mc:chassis_status().power, "the host is on")
end

test("a cold reset", function() reset(bmc "server-1u", "cold", 0x02) end)
test("a warm reset", function() reset(bmc "server-1u", "warm", 0x03) end)

test("an operator may not", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", "--cold-reset", { privilege = "operator" })
    :fails("privilege level insufficient")
end)
