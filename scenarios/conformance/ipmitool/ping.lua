-- Before a session over IPMI 1.5 ipmitool pings; the BMC answers that it speaks IPMI.
-- IPMI v2.0, 13.2.3, 13.2.4.
tags("client", "session", "lan15")

test("a pong with the tag of the ping", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc guid", { lan15 = "md5" }):ok()
  local ping = packet.parse(trace:expect({ "Presence Ping" }).bytes)
  local pong = packet.parse(trace:expect({ "Presence Pong" }).bytes)
  expect_eq({ pong.iana, pong.type, pong.tag }, { 4542, 0x40, ping.tag })
  expect_eq(pong.data:byte(9) & 0x80, 0x80, "it speaks IPMI")
end)

test("no pong, no session", function()
  local mc = bmc "server-1u"
  mc:fault { on = "lan", effect = "lose", direction = "to bmc" }
  mc:ipmitool("mc guid", { lan15 = "md5", args = { "-N", "1", "-R", "1" } }):fails()
end)
