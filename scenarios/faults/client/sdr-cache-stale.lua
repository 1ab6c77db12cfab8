-- A repository that has changed since a client kept a copy of it: the client finds
-- out by the times of the last addition and erasure. (sdr-update-midwalk)
tags("client", "sdr")

test("FreeIPMI refuses its stale copy, and works again with a fresh one", function()
  local b = bmc "server-1u"
  local before = #b:freeipmi("ipmi-sensors", "--quiet-cache"):ok():table()
  b:jump_clock(1000)
  expect_cc(b:cmd(0x0a, 0x24, "\0\0" .. b:sdrs()[1]:sub(3)))
  b:freeipmi("ipmi-sensors", "--quiet-cache"):fails "out of date"
  expect(#b:freeipmi("ipmi-sensors", "--quiet-cache --sdr-cache-recreate"):ok():table() >= before)
end)

test("ipmitool keeps none", function()
  local b = bmc "server-1u"
  local before = #b:ipmitool("sdr list"):ok():table()
  b:jump_clock(1000)
  expect_cc(b:cmd(0x0a, 0x24, "\0\0" .. b:sdrs()[1]:sub(3)))
  expect(#b:ipmitool("sdr list"):ok():table() >= before)
end)
