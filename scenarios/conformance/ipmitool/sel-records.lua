-- Records that are no system events are shown with their octets. IPMI v2.0, 32.2, 32.3.
tags("client", "sel")

test("an OEM record with a time stamp", function()
  local mc = bmc "server-1u"
  mc:sel_add("\0\0\xc5\0\0\0\0" .. "\x57\x01\x00" .. "abcdef")
  local r = mc:ipmitool("sel list last 1"):ok()
  r:says "| OEM record c5 | 000157 | 616263646566$"
end)

test("and one without", function()
  local mc = bmc "server-1u"
  mc:sel_add("\0\0\xe7" .. "thirteen more")
  mc:ipmitool("sel list last 1"):ok():says "| OEM record e7 | 746869727465656e206d6f7265$"
end)
