-- openipmish reads the clock of the log, and sets it.
tags("client", "sel")

test("it is read", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi { "mc get_sel_time d(0.20)", "SEL Time: %d+" }:ok()
  local shown = r:says "SEL Time: (%d+)"
  expect(math.abs(expect_cc(mc:cmd(0x0a, 0x48)):le(1, 4) - shown) <= 10, "it is the BMC's")
end)

test("it is set", function()
  local mc = bmc "server-1u"
  mc:openipmi { "mc set_sel_time d(0.20) 1800000000", "[Tt]ime [Ss]et" }:ok()
  expect(expect_cc(mc:cmd(0x0a, 0x48)):le(1, 4) >= 1800000000)
end)
