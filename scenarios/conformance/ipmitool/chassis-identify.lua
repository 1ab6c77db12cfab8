-- "chassis identify" lights the lamp for a time, for good, or not any more.
-- IPMI v2.0, 28.2, 28.5.
tags("client", "chassis")

-- Bits 5:4 of the third octet of Get Chassis Status: 0 off, 1 timed, 2 for good.
local function lamp(mc) return expect_cc(mc:cmd(0x00, 0x01))[3] >> 4 & 3 end

test("for the default time", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis identify"):ok():says "interval: default %(15 seconds%)$"
  expect_eq(lamp(mc), 1)
  sleep(16)
  expect_eq(lamp(mc), 0)
end)

test("as long as it is told", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis identify 40"):ok():says "interval: 40 seconds$"
  sleep(25)
  expect_eq(lamp(mc), 1)
  sleep(16)
  expect_eq(lamp(mc), 0)
end)

test("for good, until it is told otherwise", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis identify force"):ok():says "interval: indefinite$"
  sleep(3600)
  expect_eq(lamp(mc), 2)
  mc:ipmitool("chassis identify 0"):ok():says "interval: off$"
  expect_eq(lamp(mc), 0)
end)

test("not longer than an octet counts", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis identify 256"):fails "interval is too big"
  expect_eq(lamp(mc), 0)
end)
