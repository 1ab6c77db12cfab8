-- "pef policy" lists the alert policies with where they lead, and switches each on and
-- off. IPMI v2.0, table 30-3, parameter 9.
tags("client", "pef")

test("where it leads", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(19, { 1, 0, 0, 198, 51, 100, 55, 2, 0, 0x5e, 0, 0, 0x55 })
  local row = mc:ipmitool("pef policy list"):ok():table()[1]
  expect_eq({ row[1], row[3], row[6], row[7] }, { "1", "disabled", "802.3 LAN", "PET" })
  expect_eq({ row[11], row[12] }, { "198.51.100.55", "02:00:5e:00:00:55" })
end)

test("switched on and off", function()
  local mc = bmc "server-1u"
  local function entry() return expect_cc(mc:cmd(0x04, 0x13, { 9, 2, 0 }))[3] & 0x08 end
  mc:ipmitool("pef policy enable 2"):ok()
  expect_eq(entry(), 0x08)
  expect_eq(mc:ipmitool("pef policy list"):ok():row("2")[3], "enabled")
  mc:ipmitool("pef policy disable 2"):ok()
  expect_eq(entry(), 0)
  mc:ipmitool("pef policy enable 99"):fails "out of range"
end)
