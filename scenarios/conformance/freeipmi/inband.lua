-- Programs that look for a BMC in this very computer do not find those of the lab:
-- bmc-watchdog knows no LAN, ipmi-locate no address, and without -h so do the
-- others. They say so, and no BMC is asked.
tags("client", "in-band")

test("bmc-watchdog", function()
  need "bmc-watchdog"
  bmc "server-1u":listen()
  run({ "bmc-watchdog", "--get" }):fails()
  run({ "bmc-watchdog", "--get", "-D", "LAN_2_0" }):fails()
  run({ "bmc-watchdog", "--get", "-h", "127.0.0.1" }):fails("invalid option")
  trace:none { link = "lan" }
end)

test("bmc-watchdog's subject is to be had by ipmi-raw", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-raw", "0 6 24 44 01 00 10 58 02"):ok():says("^rcvd: 24 00")
  mc:freeipmi("ipmi-raw", "0 6 22"):ok():says("^rcvd: 22 00")
  local watchdog = mc:watchdog_state()
  expect(watchdog.running)
  expect_eq({ watchdog.action, watchdog.initial }, { 1, 60.0 })
  mc:freeipmi("ipmi-raw", "0 6 24 04 00 00 10 58 02"):ok()
  expect(not mc:watchdog_state().running)
end)

test("ipmi-locate's defaults", function()
  need "ipmi-locate"
  local r = run { "ipmi-locate", "--defaults" }
  r:says("^KCS device default values")
  r:says("^BMC I/O base address: 0xCA2$")
end)
