-- "sel info" shows the log's count, room, times and what it can do. IPMI v2.0, 31.2.
tags("client", "sel")

test("it follows the log", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  wait_until(function() return mc:sel_info().entries <= 1 end)
  for _ = 1, 5 do mc:sel_add(packet.sel_event { sensor = 0x99 }) end
  local info, shown = mc:sel_info(), mc:ipmitool("sel info"):ok():fields()
  expect_eq(tonumber(shown["Entries"]), info.entries)
  expect_eq(tonumber(shown["Free Space"]:match "^%d+"), info.free)
  expect_match(shown["Version"], "^1%.5 ")
  expect_eq(shown["Overflow"], "false")
end)

test("octets of an answer", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x40, { data = hex "51 20 03 00 00 00 00 00 60 00 00 00 70 8e" })
  local r = mc:ipmitool("sel info"):ok()
  local shown = r:fields()
  expect_eq(shown["Entries"], "800")
  expect_eq(shown["Percent Used"], "100%")
  expect_eq(shown["Overflow"], "true")
  expect_match(shown["Last Del Time"], "^07/18/29")
  r:says "'Delete' 'Partial Add' 'Reserve'"
end)
