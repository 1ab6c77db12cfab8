-- ipmi-dcmi lists the records of the temperature sensors that DCMI asks for, by
-- what they measure. DCMI v1.5, 6.5.2.
tags("client", "ipmi-dcmi")

test("the records are those of such sensors", function()
  local mc = bmc "server-1u"
  local said = mc:freeipmi("ipmi-dcmi", "--get-dcmi-sensor-info", { privilege = "admin" }):ok().stdout
  for title, entity in pairs { ["Inlet Temperature"] = 0x40, ["CPU Temperature"] = 0x41,
                               ["Baseboard temperature"] = 0x42 } do
    local info = expect_cc(mc:cmd(0x2c, 0x07, { 0xdc, 0x01, entity, 0, 1 }))
    local shown = expect_match(said, plain(title) .. " SDR Record IDs[%s]+(%d+)")
    expect_eq(tonumber(shown), info:le(4, 2), title)
  end
end)

test("the record is that of the inlet", function()
  local mc = bmc "server-1u"
  local id = mc:freeipmi("ipmi-dcmi", "--get-dcmi-sensor-info", { privilege = "admin" }):ok().stdout
    :match("Inlet Temperature SDR Record IDs%s+(%d+)")
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=" .. id):ok():says("| Inlet Temp ")
end)
