-- Buttons that Set Front Panel Button Enables disables, or that firmware locks as
-- the boot flags asked, do nothing. IPMI v2.0, 28.6, 28.12.
tags("chassis", "power")
only_lab()

local buttons = { power = 0x01, reset = 0x02, diag = 0x04, standby = 0x08 }

test("a button that is disabled does nothing, and others do", function()
  local bmc = target()
  local host = bmc.chassis.host
  for name, bit in pairs(buttons) do
    expect_cc(bmc:cmd(0x00, 0x0a, { bit }))
    expect_eq(host:press(name), false, name)
    expect_eq(expect_cc(bmc:cmd(0x00, 0x01))[4], 0xf0 | bit, "it stands in the status")
  end
  expect(bmc:chassis_status().power, "it is on")
  expect_cc(bmc:cmd(0x00, 0x0a, { buttons.power }))
  expect_eq(host:power("off", "power button"), false, "the power button held")
  expect(host:press "reset", "the reset button")
  expect_eq(expect_cc(bmc:cmd(0x00, 0x07))[1], 2, "why it started")
end)

test("the power button still switches on", function()
  local bmc = target()
  local host = bmc.chassis.host
  expect_cc(bmc:cmd(0x00, 0x0a, { 0x0f }))
  expect_cc(bmc:cmd(0x00, 0x02, { 0 }))
  host:wait("off", 10)
  expect(host:press "power", "on")
  host:wait("os", 120)
  expect_eq(expect_cc(bmc:cmd(0x00, 0x07))[1], 3, "why it started")
end)

test("firmware locks what the boot flags name, until the next reset", function()
  local bmc = target()
  local host = bmc.chassis.host
  expect_cc(bmc:cmd(0x00, 0x08, { 5, 0x80, 0x01, 0x80, 0, 0 }))
  expect_cc(bmc:cmd(0x00, 0x02, { 3 }))
  host:wait("os", 120)
  expect(bmc:chassis_status().lockout, "power off and reset are locked out")
  expect_eq(host:press "power", false, "power")
  expect_eq(host:press "reset", false, "reset")
  expect_cc(bmc:cmd(0x00, 0x02, { 3 }))
  host:wait("os", 120)
  expect(not bmc:chassis_status().lockout, "no longer")
  expect(host:press "power", "power")
  host:wait("off", 60)
end)
