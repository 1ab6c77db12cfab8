-- What is written into an inventory is what ipmi-fru prints next, and a checksum
-- that does not hold is told of that area alone.
tags("client", "ipmi-fru")

local function print_fru(mc) return mc:freeipmi("ipmi-fru", "--quiet-cache -e 0"):ok() end

test("a new serial number", function()
  local mc = bmc "server-1u"
  local octets = mc:fru(0)
  local at = octets:find("SN1U000417", 1, true) - 1
  -- The last octet up by one, and the area's checksum down.
  mc:write_fru("SN1U000418", at)
  local area = octets:byte(5) * 8
  local last = area + octets:byte(area + 2) * 8 - 1
  mc:write_fru(string.char((octets:byte(last + 1) - 1) & 0xff), last)
  local r = print_fru(mc)
  r:says("FRU Product Serial Number: SN1U000418$")
  r:lacks("Error")
end)

test("an area whose checksum is wrong", function()
  local mc = bmc "server-1u"
  mc:write_fru("\x55", mc:fru(0):byte(3) * 8 + 4)
  local r = print_fru(mc)
  r:says("^  FRU Error: chassis info area checksum invalid$")
  r:lacks("FRU Chassis Part Number")
  r:says("FRU Product Name: Server 1U$")
end)

test("a header that is none", function()
  local mc = bmc "server-1u"
  mc:write_fru("\x02", 0)
  print_fru(mc):says("^  FRU Error: ")
end)
