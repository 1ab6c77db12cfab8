-- One answer comes under a session id that is not the client's: it is passed over
-- and asked for again. (wrong-session-id)
tags("client", "session")

local function foreign()
  local b = bmc "server-1u"
  return b, b:fault { on = "lan", effect = "corrupt", direction = "from bmc", netfn = 0x01, cmd = 0x01,
                      offset = 6, mask = 0x5a, times = 1 }
end

test("ipmitool", function()
  local b, fault = foreign()
  b:ipmitool("chassis status", { args = { "-N", "1", "-R", "2" } }):ok():says("System Power +: on")
  expect_eq(fault:struck(), 1)
end)

test("FreeIPMI", function()
  local b, fault = foreign()
  b:freeipmi("ipmi-chassis", "--get-chassis-status --retransmission-timeout=200 --session-timeout=3000")
    :ok():says("System Power +: on")
  expect_eq(fault:struck(), 1)
end)

test("pyghmi", function()
  local b, fault = foreign()
  b:pyghmi("print(bmc.get_power())"):ok():says("'powerstate': 'on'")
  expect_eq(fault:struck(), 1)
end)
