-- bmc-device sets the ACPI states, as firmware does, and shows those that the BMC
-- keeps. IPMI v2.0, 20.6, 20.7.
tags("client", "bmc-device")

test("states are kept, and shown", function()
  local mc = bmc "server-1u"
  for name, code in pairs { ["S0/G0"] = 0, S1 = 1, S2 = 2, S3 = 3, S4 = 4, ["S5/G2"] = 5,
                            ["S4/S5"] = 6, ["G3"] = 7 } do
    mc:freeipmi("bmc-device", { "--set-acpi-power-state", "--set-acpi-system-power-state=" .. name,
                                "--set-acpi-device-power-state=D" .. code % 4 }):ok()
    local reply = expect_cc(mc:cmd(0x06, 0x07))
    expect_eq({ reply[1], reply[2] }, { code, code % 4 }, name)
    local r = mc:freeipmi("bmc-device", "--get-acpi-power-state"):ok()
    r:says("^ACPI System Power State : .*" .. plain(name))
    r:says("^ACPI Device Power State : D" .. code % 4 .. "$")
  end
end)

test("one alone leaves the other as it was", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x06, { 0x83, 0x82 }))
  mc:freeipmi("bmc-device", "--set-acpi-power-state --set-acpi-device-power-state=D1"):ok()
  local reply = mc:cmd(0x06, 0x07)
  expect_eq({ reply[1], reply[2] }, { 3, 1 })
end)
