-- bmc-device shows what the LAN has counted, and clears it. IPMI v2.0, 23.4.
tags("client", "bmc-device")

local function counts(mc)
  local r = mc:freeipmi("bmc-device", "--get-lan-statistics"):ok()
  return tonumber(r:says("^IP Packets Received +: (%d+)$")),
         tonumber(r:says("^IP Packets Transmitted +: (%d+)$")),
         tonumber(r:says("^Valid RMCP Packets Received +: (%d+)$"))
end

test("packets are counted", function()
  local mc = bmc "server-1u"
  local received, sent, valid = counts(mc)
  expect(received >= 6 and sent >= 5 and valid == received)
  local again = counts(mc)
  expect(again > received, "each packet counts")
end)

test("the counts are cleared", function()
  local mc = bmc "server-1u"
  counts(mc)
  local before = counts(mc)
  mc:freeipmi("bmc-device", "--clear-lan-statistics"):ok()
  trace:expect { netfn = 0x0c, cmd = 0x04, answer = true, cc = 0 }
  expect(counts(mc) < before)
end)

test("numbers that a command gives", function()
  local mc = bmc "server-1u"
  mc:answer(0x0c, 0x04, { data = hex "01 00 02 00 03 00 04 00 05 00 06 00 07 00 08 00 ff ff" })
  local r = mc:freeipmi("bmc-device", "--get-lan-statistics"):ok()
  r:says("^Received IP Header Errors +: 2$")
  r:says("^Received IP Address Errors +: 3$")
  r:says("^Fragmented IP Packets Received : 4$")
  r:says("^UDP Packets Received +: 6$")
  r:says("^UDP Proxy Packets Received +: 8$")
  r:says("^UDP Proxy Packets Dropped +: 65535$")
end)
