-- Programs ask one BMC at the same time, each in a session of its own, and all of
-- them close it when they are done. IPMI v2.0, 22.19, 22.20.
tags("client", "session")

test("six at a time", function()
  local mc = bmc "server-1u"
  local programs = {
    { "ipmi-sensors", "--quiet-cache" }, { "ipmi-sel", "--ignore-sdr-cache" },
    { "ipmi-fru", "--ignore-sdr-cache" }, { "ipmi-chassis", "--get-chassis-status" },
    { "ipmi-config", "--checkout --section=Lan_Conf" }, { "bmc-device", "--get-sel-time" },
  }
  local started = {}
  for i, p in ipairs(programs) do
    started[i] = mc:freeipmi(p[1], p[2], { start = true, privilege = "admin",
                                           lan15 = i % 2 == 0 and "md5" or nil })
  end
  for _, p in ipairs(started) do p:wait():ok() end
  expect_eq(expect_cc(mc:cmd(0x06, 0x3d, { 0 }))[3] & 0x3f, 0, "no session is left")
end)

test("sessions are closed, also after a failure", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", "--get-device-id"):ok()
  mc:freeipmi("ipmi-chassis", "--chassis-control=POWER-UP", { privilege = "user" }):fails()
  mc:freeipmi("bmc-info", "--get-device-id", { lan15 = "md5" }):ok()
  expect_eq(trace:count { "Close Session", link = "lan", answer = true, cc = 0 }, 3)
  expect_eq(expect_cc(mc:cmd(0x06, 0x3d, { 0 }))[3] & 0x3f, 0, "no session is left")
end)
