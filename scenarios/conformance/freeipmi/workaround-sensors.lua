-- What ipmi-sensors does not show unless it is told to: a reading of a sensor that
-- does not scan, and of one that another controller owns.
tags("client", "ipmi-sensors", "workaround")

local function row(mc, record, words)
  return mc:freeipmi("ipmi-sensors", ("--quiet-cache --record-ids=%d %s"):format(record, words or ""))
           :ok():table(true)[1]
end

test("ignorescanningdisabled", function()
  local mc = bmc "server-1u"
  mc:answer(0x04, 0x2d, { data = hex "1e 80 c0" })
  expect_eq(row(mc, 4).Reading, "N/A")
  expect_eq(row(mc, 4, "-W ignorescanningdisabled").Reading, "30.00")
end)

test("discretereading", function()
  local mc = bmc "server-1u"
  mc:answer(0x04, 0x2d, { data = hex "1e c0 80 80" })
  expect_eq(row(mc, 41).Reading, "N/A")
  row(mc, 41, "-W discretereading")
end)

test("all flags at once change nothing of what is right", function()
  local mc = bmc "server-1u"
  local words = "--quiet-cache --record-ids=41,42,43,44,50 "
  local said = mc:freeipmi("ipmi-sensors", words):ok().stdout
  expect_eq(mc:freeipmi("ipmi-sensors", words .. "-W discretereading,ignorescanningdisabled,"
    .. "assumebmcowner,ignoreauthcode,assumemaxsdrrecordcount"):ok().stdout, said)
end)
