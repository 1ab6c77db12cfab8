-- "chassis restart_cause" says why the host was started last. IPMI v2.0, 28.11.
tags("client", "chassis")

local causes = {
  "chassis power control command", "reset via pushbutton", "power%-up via pushbutton",
  "watchdog expired", "OEM", "power%-up due to always%-restore power policy",
  "power%-up due to restore%-previous power policy", "reset via PEF", "power%-cycle via PEF",
}

test("each cause has its words", function()
  local mc = bmc "server-1u"
  local cause, commands = 0, {}
  mc:command(0x00, 0x07, function()
    cause = cause + 1
    return 0x00, { cause, 0x01 }
  end)
  for n = 1, #causes do commands[n] = "chassis restart_cause" end
  local lines = mc:ipmitool_exec(commands):ok():lines()
  for n, words in ipairs(causes) do
    expect_match(lines[n], "^System restart cause: " .. words .. "$")
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
