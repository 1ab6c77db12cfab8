-- "ekanalyzer" shows inventories that "fru read" has put into files. PICMG 3.0, 3.7.
tags("client", "picmg", "fru")

test("a carrier's inventory", function()
  local mc = bmc "shelf"
  mc:ipmitool("fru read 0 carrier.bin", { bridge = 0x88 }):ok()
  expect_eq(run({ "cat", "carrier.bin" }).stdout, mc.chassis:mc(0x88):fru(0))
  local r = mc:ipmitool("ekanalyzer frushow oc=carrier.bin")
  r:says "^Board Product Name: AMC carrier$"
  r:says "^Product Serial Number: SNAMC00118$"
  r:says "There is no multi record in the file"
end)
