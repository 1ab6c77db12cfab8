-- "tsol": the host's console of a Tyan board comes as datagrams of its own.
tags("client", "oem", "sol")

local board = { name = "tyan", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0x21 0xbf 6653 0x0001
sel_enable 0x20 20 0x0a
oem_profile 0x20 tyan
mc_enable 0x20
]] }

test("what the host says is seen, and what is typed it gets", function()
  local mc = bmc(board)
  mc.chassis.host:wait("os", 120)
  local who = mc:login()
  local port = who.port > 40000 and who.port - 7000 or who.port + 7000
  local console = mc:ipmitool(("tsol %s port=%d"):format(who.host, port),
                              { lan15 = "md5", pty = true, start = true })
  console:expect "SOL Session operational"
  console:send "enter"
  console:expect "login: "
  console:write("root"):send "enter"
  console:expect "Password:"
  console:send "enter"
  console:expect "\n"
  console:write "~."
  expect(not console:wait().timed_out, "~. ends it")
end)
