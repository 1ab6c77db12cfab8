-- Every seventh datagram is lost: slow, but all of the sensors. (loss-random)
tags("client", "loss")

test("FreeIPMI, 2.0", function()
  local b = bmc "server-1u"
  local fault = b:fault { on = "lan", effect = "lose", every = 7, times = 12 }
  local rows = b:freeipmi("ipmi-sensors", "--quiet-cache --retransmission-timeout=100 --session-timeout=5000"):ok():table(true)
  expect(#rows > 40)
  expect_eq(fault:struck(), 12)
end)

test("FreeIPMI, 1.5", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", every = 7, times = 12 }
  local rows = b:freeipmi("ipmi-sensors", "--quiet-cache --retransmission-timeout=100 --session-timeout=5000",
                          { lan15 = "md5" }):ok():table(true)
  expect(#rows > 40)
end)

test("ipmitool: one answer of a command is lost", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x2d, times = 1 }
  expect(#b:ipmitool("sdr list", { args = { "-N", "1", "-R", "2" } }):ok():table() > 40)
end)

test("pyghmi: one request is lost", function()
  local b = bmc "server-1u"
  local fault = b:fault { on = "lan", effect = "lose", direction = "to bmc", netfn = 0, cmd = 1, times = 1 }
  b:pyghmi("print(bmc.get_power())"):ok():says("'powerstate': 'on'")
  expect_eq(fault:struck(), 1)
end)
