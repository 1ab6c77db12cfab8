-- ipmiutil fru prints the inventories that the BMC has.
tags("client", "fru")

test("the system's", function()
  local r = bmc "server-1u":ipmiutil "fru":ok()
  r:says "Board Manufacturer +: Example Systems$"
  r:says "Product Serial Num +: SN1U000417$"
  r:says "Product Asset Tag +: AT%-0417$"
end)

test("those that records of the repository name", function()
  local r = bmc "server-1u":ipmiutil "fru":ok()
  r:says "PSU1 FRU"
  r:says "Product Name +: 750 W platinum$"
  r:says "DIMM A1 FRU"
end)

test("-i chooses one", function()
  local r = bmc "server-1u":ipmiutil "fru -i 1":ok()
  r:says "750 W platinum"
  r:lacks "AT%-0417"
end)
