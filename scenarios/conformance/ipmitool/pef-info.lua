-- "pef info" shows what PEF can do, "pef status" the last record and event that were
-- processed. IPMI v2.0, 30.1, 30.6.
tags("client", "pef")

test("numbers and actions of Get PEF Capabilities", function()
  local mc = bmc "server-1u"
  local row = mc:ipmitool("pef info"):ok():table()[1]
  local r = expect_cc(mc:cmd(0x04, 0x10))
  expect_eq({ row[1], tonumber(row[2]) }, { "0x51", r[3] })
  expect_eq(row[5], "Alert,Power-off,Reset,Power-cycle,OEM-defined,Diagnostic-interrupt")
  mc:answer(0x04, 0x10, { data = { 0x51, 0x05, 20 } })
  row = mc:ipmitool("pef info"):ok():table()[1]
  expect_eq({ row[2], row[5] }, { "20", "Alert,Reset" })
end)

test("the last event", function()
  local mc = bmc "server-1u"
  mc:ipmitool("event 3"):ok()
  local id = mc:sel_entry(0xffff).id
  local row = mc:ipmitool("pef status"):ok():table()[1]
  expect_eq({ row[2], row[4] }, { ("0x%04x"):format(id), ("0x%04x"):format(id) })
end)
