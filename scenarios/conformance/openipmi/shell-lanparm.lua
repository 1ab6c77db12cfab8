-- openipmish reads the LAN parameters as a whole, and writes them.
tags("client", "lan")

test("the addresses are the BMC's", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(4, { 1 })
  mc:set_lan_parameter(3, { 198, 51, 100, 7 })
  local r = mc:openipmi { "lanparm new d(0.20) 1", "LANPARM: d",
                          "lanparm config get d.0", "ip_addr: %S+" }:ok()
  r:says "^  ip_addr: 198%.51%.100%.7"
end)

test("a gateway that is set is in the BMC", function()
  local mc = bmc "server-1u"
  mc:openipmi { "lanparm new d(0.20) 1", "LANPARM: d",
                "lanparm config get d.0", "ip_addr: %S+",
                "lanparm config update d.0.0 default_gateway_ip_addr 198.51.100.99",
                "config updated",
                "lanparm config set d.0 d.0.0", "config set: d" }:ok()
  expect_eq(mc:lan_parameter(12), string.char(198, 51, 100, 99))
end)
