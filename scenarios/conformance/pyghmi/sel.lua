-- pyghmi reads the event log, and clears it.
tags("client", "sel")

test("as many events as there are", function()
  local mc = bmc "server-1u"
  local n = mc:pyghmi("print(len(list(bmc.get_event_log())))"):ok():says "^(%d+)$"
  expect_eq(tonumber(n), mc:sel_info().entries)
end)

test("it is cleared", function()
  local mc = bmc "server-1u"
  mc:pyghmi("list(bmc.get_event_log(clear=True))"):ok()
  expect(mc:sel_info().entries <= 1, "nothing but the note that it was cleared")
end)
