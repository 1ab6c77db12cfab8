-- Records of manufacturers, with a time and without, are shown octet by octet.
-- IPMI v2.0, 32.2, 32.3.
tags("client", "ipmi-sel")

test("both kinds", function()
  local mc = bmc "server-1u"
  mc:sel_add(hex "00 00 c5 00 00 00 00 d9 7e 00 01 02 03 04 05 06")
  mc:sel_add(hex "00 00 e7 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d")
  local r = mc:freeipmi("ipmi-sel", "--quiet-cache --oem-event-only"):ok()
  r:says("^9 +| Jan%-01%-2026 | 00:00:0%d | .*OEM defined = 01h 02h 03h 04h 05h 06h$")
  r:says("^10 +| N/A +| N/A +| .*OEM defined = 11h 12h 13h 14h 15h 16h 17h 18h 19h 1Ah 1Bh 1Ch 1Dh$")
  mc:freeipmi("ipmi-sel", "--quiet-cache --oem-event-only --output-manufacturer-id"):ok()
    :says("^9 .*| Manufacturer ID = .* %(7ED9h%) ; OEM defined = 01h 02h")
end)
