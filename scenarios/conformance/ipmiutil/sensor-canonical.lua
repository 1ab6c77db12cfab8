-- ipmiutil sensor -c makes a table for programs.
tags("client", "sensor")

test("one row for a sensor", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(25)
  local rows = mc:ipmiutil "sensor -c -n 1":ok():table(true)
  expect_eq(#rows, 1)
  expect_eq({ rows[1].Name, rows[1].SNum, rows[1].Reading }, { "Inlet Temp", "01", "25.00 C" })
end)
