-- openipmish shows a channel and its access, and changes it.
tags("client", "channel")

test("the LAN", function()
  local r = bmc "server-1u":openipmi { "mc chan info d(0.20) 1", "Vendor ID" }:ok()
  r:says "Medium String: 8023_LAN"
  r:says "Session Support: multi%-session"
end)

test("its access", function()
  local mc = bmc "server-1u"
  mc:openipmi { "mc chan get_access d(0.20) 1 non-volatile", "Privilege Limit: admin" }:ok()
  mc:openipmi { "mc chan set_access d(0.20) 1 non-volatile alert false",
                "Channel Access Set" }:ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x41, { 1, 0x40 }))[1] & 0x20, 0x20, "alerting is disabled")
end)
