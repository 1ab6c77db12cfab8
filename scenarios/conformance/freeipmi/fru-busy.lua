-- An inventory that cannot be read just now is told of, and the others are
-- printed. IPMI v2.0, 34.2.
tags("client", "ipmi-fru")

test("one of three is busy", function()
  local mc = bmc "server-1u"
  mc:command(0x0a, 0x11, function(request)
    if request[1] == 2 then return 0x81 end
    return request.original()
  end)
  local r = mc:freeipmi("ipmi-fru", "--quiet-cache"):ok()
  r:says("FRU Inventory Device: DIMM A1 FRU %(ID 02h%)\n\n  FRU Error: device busy")
  r:says("FRU Product Name: 750 W platinum$")
end)

test("one cannot be had at all", function()
  local mc = bmc "server-1u"
  mc:command(0x0a, 0x10, function(request)
    if request[1] == 1 then return 0xcb end
    return request.original()
  end)
  local r = mc:freeipmi("ipmi-fru", "--quiet-cache"):ok()
  r:says("FRU Inventory Device: PSU1 FRU %(ID 01h%)\n\nFRU Inventory Device: DIMM A1")
  r:says("FRU Board Product Name: DDR5 16GB$")
end)
