-- ipmipower waits for the host where it is told to: it asks again and again until
-- the host is where it should be.
tags("client", "ipmipower")

test("--wait-until-off, and --wait-until-on", function()
  local mc = bmc "server-1u"
  mc:ipmipower("--off --wait-until-off --retransmission-wait-timeout=100"):ok():says(": ok$")
  expect_eq(mc.chassis.host:state(), "off")
  mc:ipmipower("--on --wait-until-on --retransmission-wait-timeout=100"):ok():says(": ok$")
  expect(mc.chassis.host:is_on())
  expect(trace:count { "Get Chassis Status", link = "lan", answer = true } >= 2)
end)
