-- "sol activate" at a terminal: what the host says is seen, what is typed it gets,
-- and ~. ends it. IPMI v2.0, 15, 24.
tags("client", "sol")

test("a log-in at the host, and out again", function()
  local mc = bmc "server-1u"
  mc.chassis.host:wait("os", 120)
  local console = mc:ipmitool("sol activate", { start = true, pty = true })
  console:expect(plain "[SOL Session operational")
  expect_eq(expect_cc(mc:cmd(0x06, 0x4a, { 1 })):le(2, 2), 1, "one instance is active")
  console:send "enter"
  console:expect "login: "
  console:write("root"):send "enter"
  console:expect "Password: "
  console:write("secret"):send "enter"
  console:expect "[#$] "
  console:write("echo one two"):send "enter"
  console:expect "\none two\n"
  console:write "\r~."
  console:expect "terminated ipmitool"
  console:wait():ok()
  expect_eq(expect_cc(mc:cmd(0x06, 0x4a, { 1 })):le(2, 2), 0, "none is active")
end)
