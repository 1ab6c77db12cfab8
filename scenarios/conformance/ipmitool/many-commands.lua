-- "exec" and "shell" give many commands in one session. IPMI v2.0, 13.
tags("client", "shell")

test("a file of them", function()
  local mc = bmc "server-1u"
  run { "tee", "commands", input = "mc guid\n# a comment\nchassis bootdev pxe\npower status\n" }:ok()
  local r = mc:ipmitool("exec commands"):ok()
  r:says "^System GUID"
  r:says "^Chassis Power is on$"
  expect_eq(mc:boot_device().device, 1)
  expect_eq(trace:count { "RAKP 1" }, 1, "one session")
end)

test("a hundred in a row", function()
  local mc = bmc "server-1u"
  run { "tee", "commands", input = ("raw 6 1\n"):rep(100) }:ok()
  local _, count = mc:ipmitool("exec commands"):ok().stdout:gsub("\n 20 01 02 ", "")
  expect_eq(count, 99)
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
