-- "lan6 print" and "lan6 set" do the same for IPv6. IPMI v2.0 with errata 7, table
-- 23-4, parameters 50 to 80.
tags("client", "lan")

test("a static address is set, and shown", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan6 set 1 nolock static_addr 0 enable 2001:db8::7 64"):ok()
  expect_eq(mc:lan_parameter(56, 1, 0):sub(1, 19),
            hex "00 80 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07 40")
  mc:ipmitool("lan6 print 1 static_addr"):ok():says "Address: +2001:db8::7/64"
end)

test("what the BMC has is shown", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(51, { 2 })
  mc:ipmitool("lan6 print 1 enables"):ok():says "Addressing Enables: both"
end)
