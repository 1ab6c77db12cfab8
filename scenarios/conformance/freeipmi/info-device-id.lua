-- bmc-info shows what Get Device ID holds, field by field. IPMI v2.0, 20.1.
tags("client", "bmc-info")

local function who(mc) return mc:freeipmi("bmc-info", "--get-device-id"):ok() end

test("the controller's own answer", function()
  local mc = bmc "server-1u"
  local id = mc:device_id()
  local r = who(mc)
  r:says(("^Device ID +: %d$"):format(id.id))
  r:says(("^Device Revision +: %d$"):format(id.revision))
  r:says(("^Firmware Revision +: %s$"):format(plain(id.firmware)))
  r:says(("^IPMI Version +: %s$"):format(plain(id.ipmi)))
  r:says(("^Manufacturer ID +: .*%%(%d%%)$"):format(id.manufacturer))
  r:says(("^Product ID +: %d$"):format(id.product))
end)

test("another answer is shown as well", function()
  local mc = bmc "server-1u"
  mc:answer(0x06, 0x01, { data = hex "07 85 91 42 51 03 57 01 00 34 12 de ad be ef" })
  local r = who(mc)
  r:says("^Device ID +: 7$")
  r:says("^Device Revision +: 5$")
  r:says("^Device SDRs +: supported$")
  r:says("^Firmware Revision +: 17%.42$")
  r:says("^Device Available +: no %(device firmware, SDR Repository update or "
    .. "self initialization in progress%)$")
  r:says("^IPMI Version +: 1%.5$")
  r:says("^Sensor Device +: supported$")
  r:says("^SDR Repository Device +: supported$")
  r:says("^SEL Device +: unsupported$")
  r:says("^Chassis Device +: unsupported$")
  r:says("^Manufacturer ID +: Intel Corporation %(343%)$")
  r:says("^Product ID +: 4660$")
  r:says("^Auxiliary Firmware Revision Information : EFBEADDEh$")
end)

test("eleven octets without auxiliary information are enough", function()
  local mc = bmc "server-1u"
  mc:answer(0x06, 0x01, { data = hex "07 01 01 42 02 bf d9 7e 00 34 12" })
  who(mc):lacks("Auxiliary")
end)
