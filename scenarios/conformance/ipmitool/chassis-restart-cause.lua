-- "chassis restart_cause" says why the host was started last. IPMI v2.0, 28.11.
tags("client", "chassis")

local words = {
  [0x0] = "unknown", [0x1] = "chassis power control command", [0x2] = "reset via pushbutton",
  [0x3] = "power%-up via pushbutton", [0x4] = "watchdog expired", [0x5] = "OEM",
  [0x6] = "power%-up due to always%-restore power policy",
  [0x7] = "power%-up due to restore%-previous power policy", [0x8] = "reset via PEF",
  [0x9] = "power%-cycle via PEF",
}

test("each cause has its words", function()
  local mc = bmc "server-1u"
  local cause = 0
  mc:command(0x00, 0x07, function() return 0x00, { cause, 0x01 } end)
  for value, word in pairs(words) do
    cause = value
    mc:ipmitool("chassis restart_cause"):ok():says("^System restart cause: " .. word .. "$")
  end
end)

test("a button, and a command", function()
  local mc = bmc "server-1u"
  mc.chassis.host:power("reset", "reset button")
  sleep(1)
  mc:ipmitool("chassis restart_cause"):ok():says "^System restart cause: reset via pushbutton$"
  mc:ipmitool("power reset"):ok()
  sleep(1)
  mc:ipmitool("chassis restart_cause"):ok()
    :says "^System restart cause: chassis power control command$"
end)
