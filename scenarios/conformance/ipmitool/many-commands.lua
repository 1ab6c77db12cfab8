-- "exec" and "shell" give many commands in one session. IPMI v2.0, 13.
tags("client", "shell")

test("a file of them", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool_exec { "mc guid", "# a comment", "chassis bootdev pxe",
                               "power status" }:ok()
  r:says "^System GUID"
  r:says "^Chassis Power is on$"
  expect_eq(mc:boot_device().device, 1)
  expect_eq(trace:count { "RAKP 1" }, 1, "one session")
end)

test("a hundred in a row", function()
  local mc = bmc "server-1u"
  local commands = {}
  for i = 1, 100 do commands[i] = "raw 6 1" end
  local lines = mc:ipmitool_exec(commands):ok():lines()
  expect_eq(#lines, 100)
  for _, line in ipairs(lines) do expect_match(line, "^ 20 01 02 ") end
end)

test("a dialogue", function()
  local mc = bmc "server-1u"
  local shell = mc:ipmitool("shell", { start = true, pty = true })
  shell:expect "ipmitool> "
  shell:write("chassis power status"):send "enter"
  shell:expect "Chassis Power is on"
  mc:power "off"
  mc.chassis.host:wait "off"
  shell:expect "ipmitool> "
  shell:write("chassis power status"):send "enter"
  shell:expect "Chassis Power is off"
  shell:write("exit"):send "enter"
  shell:wait():ok()
end)
