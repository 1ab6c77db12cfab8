-- A record of a type that there is not: ipmi-sel calls it unknown, unless it is told
-- to take it for an event.
tags("client", "ipmi-sel", "workaround")

test("assumesystemevent", function()
  local mc = bmc "server-1u"
  mc:sel_add(hex "00 00 55 00 2c 2e 69 20 00 04 01 01 01 59 2d 2b")
  local function last(words)
    return mc:freeipmi("ipmi-sel", "--quiet-cache --display=9 " .. words):ok()
  end
  last(""):says("Unknown SEL Record Type: 55h")
  last("-W assumesystemevent"):says("| Inlet Temp +| Temperature +| Upper Critical %- going high")
end)
