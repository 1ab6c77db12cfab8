-- "chassis status" shows each fact of Get Chassis Status. IPMI v2.0, 28.2.
tags("client", "chassis")

-- What is shown of an answer's octets.
local function shown(mc, octets)
  mc:answer(0x00, 0x01, { data = octets })
  return mc:ipmitool("chassis status"):ok():fields()
end

test("the BMC's own", function()
  local mc = bmc "server-1u"
  local state, said = mc:chassis_status(), mc:ipmitool("chassis status"):ok():fields()
  expect_eq(said["System Power"] == "on", state.power)
  expect_eq(said["Power Restore Policy"], state.policy)
  expect_eq(said["Chassis Intrusion"] == "active", state.intrusion)
end)

test("all bits clear, and all set", function()
  local mc = bmc "server-1u"
  local none, all = shown(mc, hex "00 00 00 ff"), shown(mc, hex "7f 1f 7f ff")
  expect_eq(none["System Power"], "off")
  expect_eq(all["System Power"], "on")
  for _, name in ipairs { "Power Overload", "Main Power Fault", "Power Control Fault",
                          "Drive Fault", "Cooling/Fan Fault" } do
    expect_eq({ none[name], all[name] }, { "false", "true" }, name)
  end
  for _, name in ipairs { "Power Interlock", "Chassis Intrusion", "Front-Panel Lockout" } do
    expect_eq({ none[name], all[name] }, { "inactive", "active" }, name)
  end
  expect_eq(none["Last Power Event"], "")
  expect_eq(all["Last Power Event"], "ac-failed overload interlock fault command")
  expect_eq(none["Power Restore Policy"], "always-off")
  expect_eq(all["Power Restore Policy"], "unknown")
end)

test("what the front panel allows, and what it is told", function()
  local mc = bmc "server-1u"
  local said = shown(mc, hex "01 00 00 f0")
  for _, button in ipairs { "Sleep", "Diag", "Reset", "Power" } do
    expect_eq(said[button .. " Button Disable"], "allowed")
    expect_eq(said[button .. " Button Disabled"], "false")
  end
  said = shown(mc, hex "01 00 00 0f")
  for _, button in ipairs { "Sleep", "Diag", "Reset", "Power" } do
    expect_eq(said[button .. " Button Disable"], "not allowed")
    expect_eq(said[button .. " Button Disabled"], "true")
  end
end)

test("an opened lid", function()
  local mc = bmc "server-1u"
  mc:sensor "Intrusion":state(0)
  mc:ipmitool("chassis status"):ok():says "^Chassis Intrusion    : active$"
end)
