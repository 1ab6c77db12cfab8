-- ipmiutil sel -d clears the log.
tags("client", "sel")

test("the log is cleared, and says so", function()
  local mc = bmc "server-1u"
  expect(mc:sel_info().entries > 1)
  mc:ipmiutil "sel -d":ok():says "Log Cleared successfully"
  expect(mc:sel_info().entries <= 1, "nothing but the note that it was cleared")
  trace:order { "Reserve SEL", "Clear SEL" }
end)
