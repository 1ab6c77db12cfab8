-- ipmi-sensors shows thresholds as the BMC has them, and ipmi-config sets them:
-- what is written is in force. IPMI v2.0, 35.8, 35.9.
tags("client", "ipmi-sensors", "ipmi-config")

local function row(mc)
  return mc:freeipmi("ipmi-sensors", "--quiet-cache --output-sensor-thresholds --record-ids=4"):ok()
           :table(true)[1]
end

test("those of the inlet", function()
  local mc = bmc "server-1u"
  local r = row(mc)
  expect_eq({ r["Lower NR"], r["Lower C"], r["Lower NC"] }, { "N/A", "N/A", "5.00" })
  expect_eq({ r["Upper NC"], r["Upper C"], r["Upper NR"] }, { "38.00", "43.00", "48.00" })
  local reply = expect_cc(mc:cmd(0x04, 0x27, { 1 }))
  expect_eq({ reply[2], reply[5], reply[6], reply[7] }, { 5, 38, 43, 48 })
end)

test("set by ipmi-config, in force in the BMC, shown by ipmi-sensors", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-config", { "--category=sensors", "--commit",
    "--key-pair=4_Inlet_Temp:Upper_Critical_Threshold=41.000000" }, { privilege = "admin" }):ok()
  expect_eq(mc:cmd(0x04, 0x27, { 1 })[6], 41)
  expect_eq(row(mc)["Upper C"], "41.00")
  mc:sensor("Inlet Temp"):set(41)
  expect_match(row(mc).Event, "Upper Critical")
end)

test("set in the BMC, checked out by ipmi-config", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x04, 0x26, { 1, 0x08, 0, 0, 0, 36, 0, 0 }))
  expect_eq(row(mc)["Upper NC"], "36.00")
  mc:freeipmi("ipmi-config", "--category=sensors --checkout --section=4_Inlet_Temp",
              { privilege = "admin" }):ok():says("Upper_Non_Critical_Threshold +36%.0")
end)
