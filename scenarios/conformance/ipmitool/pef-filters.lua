-- "pef filter" lists the event filters, and switches each on and off.
-- IPMI v2.0, 30.4, table 30-2.
tags("client", "pef")

local function enabled(mc, n) return expect_cc(mc:cmd(0x04, 0x13, { 7, n, 0 }))[3] & 0x80 ~= 0 end

test("each is listed", function()
  local mc = bmc "server-1u"
  local rows = mc:ipmitool("pef filter list"):ok():table()
  expect_eq(#rows, expect_cc(mc:cmd(0x04, 0x13, { 5, 0, 0 }))[2] & 0x7f)
  expect_eq({ table.unpack(rows[1], 1, 5) },
            { "1", "enabled, pre-configured", "Temperature", "Any", "Critical" })
  expect_eq(rows[17], { "17", "disabled, configurable" })
end)

test("switched off and on", function()
  local mc = bmc "server-1u"
  mc:ipmitool("pef filter disable 3"):ok():says "PEF Filter ID 3 is disabled now"
  expect(not enabled(mc, 3))
  expect_match(mc:ipmitool("pef filter list"):ok():row("3")[2], "^disabled")
  mc:ipmitool("pef filter enable 3"):ok():says "PEF Filter ID 3 is enabled now"
  expect(enabled(mc, 3))
  mc:ipmitool("pef filter enable 99"):fails "out of range"
end)

test("one that is made here acts as it is shown", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x04, 0x12, { 2, 0x3f }), 0x00, "all actions are allowed")
  expect_cc(mc:cmd(0x04, 0x12, hex "06 14 80 02 00 10 ff ff 0c ff 6f ff ff" .. ("\0"):rep(9)))
  expect_eq({ table.unpack(mc:ipmitool("pef filter list"):ok():row "20", 1, 3) },
            { "20", "enabled, configurable", "Memory" })
  mc:ipmitool("event 3"):ok()
  mc.chassis.host:wait "off"
end)
