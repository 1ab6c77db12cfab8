-- ipmiutil sensor shows thresholds, and sets them.
tags("client", "sensor")

test("they are shown as the BMC has them", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x04, 0x26, { 1, 0x08, 0, 0, 0, 29, 0, 0 }))
  mc:ipmiutil "sensor -t -i 4":ok():says "hi%-noncr 29%.00"
end)

test("-h sets the upper ones of a sensor", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "sensor -n 1 -h 30":ok():says "Setting SDR 0004 sensor 01"
  expect_eq(expect_cc(mc:cmd(0x04, 0x27, { 1 }))[5], 30)
end)
