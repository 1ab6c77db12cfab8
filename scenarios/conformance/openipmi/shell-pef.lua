-- openipmish reads what the BMC does on events.
tags("client", "pef")

test("the filters are the BMC's", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi { "pef new d(0.20)", "PEF: d", "pef config get d.0", "Alert String" }:ok()
  expect_eq(tonumber(r:says "num_event_filters: (%d+)"), expect_cc(mc:cmd(0x04, 0x10))[3])
  r:says "pef_enabled: true"
  expect_cc(mc:cmd(0x04, 0x13, { 0, 0, 0 }))
end)
