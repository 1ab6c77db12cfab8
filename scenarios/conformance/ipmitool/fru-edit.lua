-- "fru edit" changes one field, with the area's length and checksum.
-- Platform Management FRU Information Storage Definition v1.0, 11, 12.
tags("client", "fru")

test("as long as it was", function()
  local mc = bmc "server-1u"
  mc:ipmitool("fru edit 0 field p 4 SN1U999999"):ok()
    :says "^Updating Field 'SN1U000417' with 'SN1U999999'"
  expect(mc:fru(0):find("SN1U999999", 1, true))
  mc:ipmitool("fru print 0"):ok():says "^ Product Serial        : SN1U999999$"
end)

test("longer and shorter, and the rest stays", function()
  local mc = bmc "server-1u"
  for _, serial in ipairs { "A-LONGER-SERIAL-NUMBER", "SHORT" } do
    mc:ipmitool("fru edit 0 field b 2 " .. serial)
    local shown = mc:ipmitool("fru print 0"):ok():fields()
    expect_eq(shown["Board Serial"], serial)
    expect_eq(shown["Product Asset Tag"], "AT-0417")
    expect_eq(shown["Chassis Serial"], "C1U0800417")
  end
end)

test("a field that there is not", function()
  local mc = bmc "server-1u"
  local before = mc:fru(0)
  mc:ipmitool("fru edit 0 field p 9 X"):fails()
  expect_eq(mc:fru(0), before)
end)
