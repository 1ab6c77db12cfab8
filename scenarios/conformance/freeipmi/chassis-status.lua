-- ipmi-chassis shows each bit of the chassis' status: those that the BMC has, and
-- those that a command gives. IPMI v2.0, 28.2.
tags("client", "ipmi-chassis")

local function status(mc) return mc:freeipmi("ipmi-chassis", "--get-chassis-status"):ok() end

test("the host goes off and on", function()
  local mc = bmc "server-1u"
  status(mc):says("^System Power +: on$")
  mc.chassis.host:power("off")
  mc.chassis.host:wait("off")
  status(mc):says("^System Power +: off$")
end)

test("the lid is opened", function()
  local mc = bmc "server-1u"
  status(mc):says("^Chassis intrusion +: inactive$")
  mc:sensor("Intrusion"):state(0)
  expect(mc:chassis_status().intrusion)
  status(mc):says("^Chassis intrusion +: active$")
end)

test("every bit that there is", function()
  local mc = bmc "server-1u"
  mc:answer(0x00, 0x01, { data = hex "5f 1f 5f ff" })
  local r = status(mc)
  for title, value in pairs {
    ["Power overload"] = "true", Interlock = "active", ["Power fault"] = "true",
    ["Power control fault"] = "true", ["Power restore policy"] = "Always on",
    ["Chassis intrusion"] = "active", ["Front panel lockout"] = "active",
    ["Drive Fault"] = "true", ["Cooling/fan fault"] = "true",
    ["Chassis Identify state"] = "Timed on", ["Power off button"] = "disabled",
    ["Reset button"] = "disabled", ["Diagnostic Interrupt button"] = "disabled",
    ["Standby button"] = "disabled",
  } do
    r:says(("^%s +: %s$"):format(plain(title), value))
  end
end)

test("an answer of three octets is enough", function()
  local mc = bmc "server-1u"
  mc:answer(0x00, 0x01, { data = hex "21 00 00" })
  status(mc):says("^Power restore policy +: Restore$")
end)
