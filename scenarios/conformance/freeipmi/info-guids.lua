-- bmc-info shows both GUIDs as they are: the specification stores them from the
-- last octet to the first. IPMI v2.0, 20.8, 22.14.
tags("client", "bmc-info")

-- As people write it: time-low, time-mid, time-high, clock, node.
local function written(octets)
  local s = octets:reverse():gsub(".", function(c) return ("%02x"):format(c:byte()) end)
  return ("%s-%s-%s-%s-%s"):format(s:sub(1, 8), s:sub(9, 12), s:sub(13, 16), s:sub(17, 20), s:sub(21))
end

test("the device's and the system's", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", "--get-device-guid"):ok():says("^" .. plain(written(mc:device_guid())) .. "$")
  mc:freeipmi("bmc-info", "--get-system-guid"):ok():says("^" .. plain(written(mc:system_guid())) .. "$")
end)

test("a GUID that a command gives", function()
  local mc = bmc "server-1u"
  local guid = hex "0f 0e 0d 0c 0b 0a 09 08 07 06 05 04 03 02 01 00"
  mc:answer(0x06, 0x37, { data = guid })
  mc:freeipmi("bmc-info", "--get-system-guid"):ok()
    :says(plain "00010203-0405-0607-0809-0a0b0c0d0e0f")
  mc:answer(0x06, 0x08, { cc = 0xc1 })
  mc:freeipmi("bmc-info", "--get-device-guid"):fails("command invalid or unsupported")
end)
