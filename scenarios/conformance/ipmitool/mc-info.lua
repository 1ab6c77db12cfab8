-- "mc info" shows each field of Get Device ID. IPMI v2.0, 20.1.
tags("client", "device")

test("what the BMC says of itself is shown", function()
  local mc = bmc "server-1u"
  local id, shown = mc:device_id(), mc:ipmitool("mc info"):ok():fields()
  expect_eq(tonumber(shown["Device ID"]), id.id)
  expect_eq(tonumber(shown["Device Revision"]), id.revision)
  expect_eq(shown["Firmware Revision"], id.firmware)
  expect_eq(shown["IPMI Version"], id.ipmi)
  expect_eq(tonumber(shown["Manufacturer ID"]), id.manufacturer)
  expect_eq(shown["Product ID"], ("%d (0x%04x)"):format(id.product, id.product))
  expect_eq(shown["Device Available"], "yes")
end)

test("and so is what another one would say", function()
  local mc = bmc "server-1u"
  mc:answer(0x06, 0x01, { data = hex "11 83 81 42 51 05 a2 02 00 00 01" })
  local r = mc:ipmitool("mc info"):ok()
  local shown = r:fields()
  expect_eq(shown["Device ID"], "17")
  expect_eq(shown["Device Revision"], "3")
  expect_eq(shown["Firmware Revision"], "1.42")
  expect_eq(shown["IPMI Version"], "1.5")
  expect_match(shown["Manufacturer Name"], "[Dd][Ee][Ll][Ll]")
  expect_eq(shown["Provides Device SDRs"], "yes")
  expect_eq(shown["Device Available"], "no")
  r:says "^    Sensor Device$"
  r:says "^    SEL Device$"
  r:lacks "^    FRU Inventory Device$"
  r:lacks "Aux Firmware Rev Info"
end)
