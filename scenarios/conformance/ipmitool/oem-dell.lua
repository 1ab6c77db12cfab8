-- "delloem": the display, the network port and the power budget of a PowerEdge.
tags("client", "oem")

local poweredge = { name = "poweredge", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 2 0x65 0xbf 674 0x0100
sel_enable 0x20 100 0x0a
host_watts 0x20 15 220 460 240
oem_profile 0x20 dell
mc_enable 0x20
]] }

test("a text of the user's on the display", function()
  local mc = bmc(poweredge)
  mc:ipmitool { "delloem", "lcd", "set", "mode", "userdefined", "rack 12, row 7" }:ok()
  mc:ipmitool("delloem lcd info"):ok():says "Text: +rack 12, row 7$"
end)

test("the front panel is locked", function()
  local mc = bmc(poweredge)
  mc:ipmitool("delloem lcd set frontpanelaccess viewonly"):ok()
  mc:ipmitool("delloem lcd status"):ok():says "lock Status :View only"
end)

test("another network port", function()
  local mc = bmc(poweredge)
  mc:ipmitool("delloem lan get"):ok():says "^dedicated$"
  mc:ipmitool("delloem lan set shared with lom2"):ok()
  mc:ipmitool("delloem lan get active"):ok():says "^LOM2$"
end)

test("a power cap is one of DCMI", function()
  local mc = bmc(poweredge)
  mc:ipmitool("delloem powermonitor setpowerbudget 300 watt"):says "not enabled"
  mc:ipmitool_exec { "delloem powermonitor enablepowercap",
                     "delloem powermonitor setpowerbudget 300 watt" }:ok()
  expect_eq(expect_cc(mc:cmd(0x2c, 0x03, { 0xdc, 0, 0 })):le(5, 2), 300)
  mc:ipmitool("delloem powermonitor getpowerbudget"):ok():says "Power cap +: 300 Watt"
end)
