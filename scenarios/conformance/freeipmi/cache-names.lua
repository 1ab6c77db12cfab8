-- FreeIPMI keeps a file of records for each BMC, named by the host that asks, and
-- the address and port of the BMC; or the one that it is told.
tags("client", "cache")

test("each BMC has its own", function()
  local one, other = bmc "server-1u", bmc "twin"
  one:freeipmi("ipmi-sensors", "--quiet-cache"):ok()
  other:freeipmi("ipmi-sensors", "--quiet-cache"):ok()
  local files = run({ "sh", "-c", "ls .freeipmi/sdr-cache" }):ok()
  files:says(("127%%.0%%.0%%.1:%d$"):format(one:login().port))
  files:says(("127%%.0%%.0%%.1:%d$"):format(other:login().port))
  one:freeipmi("ipmi-sensors", "--quiet-cache"):ok():says("| CPU1 VRM Temp ")
end)

test("a name that it is told", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-sensors", "--quiet-cache --sdr-cache-file=records"):ok()
  run({ "test", "-s", "records" }):ok()
  local mark = trace:mark()
  mc:freeipmi("ipmi-sel", "--sdr-cache-file=records"):ok()
  trace:none { "Get SDR", since = mark }
end)

test("a folder that is not there", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-sensors", "--sdr-cache-directory=/nowhere"):fails()
end)
