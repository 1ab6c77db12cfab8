-- ipmiseld hands the log's entries to syslog; its test run shows what it would hand over.
tags("client", "ipmi-sel")

local function seld(mc, ...)
  local host, port = mc:listen()
  return run { "ipmiseld", "-D", "LAN_2_0", "-h", host .. ":" .. port, "-u", "ADMIN", "-p", "ADMIN",
               "--cache-directory=.", ... }
end

test("what is in the log", function()
  need "ipmiseld"
  local mc = bmc "server-1u"
  local r = seld(mc, "--test-run"):ok()
  expect_eq(#r:lines(), #mc:sel())
  r:says("Dec%-22%-2025, 00:00:00, Intrusion, Critical, General Chassis Intrusion$")
end)

test("in words of one's own, and what is grave alone", function()
  need "ipmiseld"
  local mc = bmc "server-1u"
  seld(mc, "--test-run", "--system-event-format=%i %s %e"):ok():says("^3 OS Boot C: boot completed$")
  local r = seld(mc, "--test-run", "--event-state-filter=NOMINAL,NA"):ok()
  r:lacks("Nominal")
  r:says("Inlet Temp, Warning, ")
end)
