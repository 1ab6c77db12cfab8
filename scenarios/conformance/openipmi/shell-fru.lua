-- openipmish reads an inventory of the BMC.
tags("client", "fru")

test("the system's", function()
  local r = bmc "server-1u":openipmi { "domain fru d 1 0x20 0 0 0 0", "SN1U000417" }:ok()
  r:says "Data: S1U%-MB1"
  r:says "Data: AT%-0417"
end)
