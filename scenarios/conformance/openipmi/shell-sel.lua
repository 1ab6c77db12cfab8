-- openipmish lists the log of the BMC.
tags("client", "sel")

test("as many events as the BMC has", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi({ "sel list d", "Slots in use: %d+" }, { how = "-noall -sel" }):ok()
  expect_eq(tonumber(r:says "Slots in use: (%d+)"), mc:sel_info().entries)
end)

test("an event is added", function()
  local mc = bmc "server-1u"
  mc:openipmi({ "sel add d(0.20) 0xc0 1 2 3 4 5 6 7 8 9 10 11 12 13", "Record ID: " },
              { how = "-noall -sel" }):ok()
  local found
  for _, entry in ipairs(mc:sel()) do
    if entry.type == 0xc0 then found = entry.record end
  end
  expect_eq(expect(found, "it is in the log"):sub(8), string.char(5, 6, 7, 8, 9, 10, 11, 12, 13))
end)
