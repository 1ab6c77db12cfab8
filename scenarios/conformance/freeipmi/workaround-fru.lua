-- An inventory whose checksum is wrong: ipmi-fru shows no more of that area, unless
-- it is told not to look at checksums.
tags("client", "ipmi-fru", "workaround")

test("skipchecks", function()
  local mc = bmc "server-1u"
  local octets = mc:fru(0)
  local at = octets:find("SN1U000417", 1, true) - 1
  mc:write_fru("SN1U000999", at)
  local function print_fru(words) return mc:freeipmi("ipmi-fru", "--quiet-cache -e 0 " .. words):ok() end
  local r = print_fru("")
  r:says("^  FRU Error: product info area checksum invalid$")
  r:lacks("SN1U000999")
  print_fru("-W skipchecks"):says("^  FRU Product Serial Number: SN1U000999$")
end)
