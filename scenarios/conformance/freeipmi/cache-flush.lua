-- The file of the records is flushed when that is asked for, and made again when
-- it is needed. One that is damaged is refused.
tags("client", "cache")

local function file(mc)
  local names = ".freeipmi/sdr-cache/sdr-cache-*.127.0.0.1:" .. mc:login().port
  return run({ "sh", "-c", "echo " .. names }):lines()[1]
end

test("flushed, and made again", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4"):ok()
  run({ "test", "-s", file(mc) }):ok()
  mc:freeipmi("ipmi-sensors", "--flush-cache"):ok():says("Flush")
  expect_ne(run({ "test", "-e", file(mc) }).status, 0, "the file is gone")
  mc:freeipmi("ipmi-sel", "--quiet-cache"):ok()
  run({ "test", "-s", file(mc) }):ok()
end)

test("one that is damaged", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4"):ok()
  run({ "sh", "-c", "echo nonsense >" .. file(mc) }):ok()
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4"):fails("[Cc]ache")
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4 --sdr-cache-recreate"):ok()
    :says("| Inlet Temp ")
end)

test("all programs share it", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-fru", "--quiet-cache"):ok()
  local mark = trace:mark()
  mc:freeipmi("ipmi-sensors", ""):ok()
  mc:freeipmi("ipmi-sel", ""):ok()
  mc:freeipmi("ipmi-config", "--category=sensors --listsections", { privilege = "admin" }):ok()
  trace:none { "Get SDR", since = mark }
end)
