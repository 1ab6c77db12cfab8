-- A satellite takes a request and never answers, or is not there at all: a client
-- waits a bounded time, says so, and the next satellite answers. (bridge-timeout,
-- ipmb-nak)
tags("client", "bridge")

local fast = { "-N", "1", "-R", "1" }

test("ipmitool: a silent satellite", function()
  local b = bmc "twin"
  b.chassis:mc(0x72):answer(0x06, 0x01, { silent = true })
  local r = b:ipmitool("mc info", { bridge = 0x72, args = fast, timeout = 12 })
  r:fails()
  expect(r.seconds < 8)
  b:ipmitool("mc info", { bridge = 0x74, args = fast }):ok()
end)

test("ipmitool: nobody is there", function()
  local b = bmc "twin"
  local r = b:ipmitool("mc info", { bridge = 0xb0, args = fast, timeout = 12 })
  r:fails()
  trace:expect { "Send Message", cc = 0x83 }
  expect(r.seconds < 8)
end)

test("ipmitool: the bus loses a frame each way, and the client does not notice", function()
  local b = bmc "twin"
  local there = b.chassis:bus():fault { effect = "lose", to = 0x72, times = 1 }
  local back = b.chassis:bus():fault { effect = "lose", from = 0x72, to = 0x20, times = 1 }
  b:ipmitool("mc info", { bridge = 0x72, args = { "-N", "2", "-R", "2" } }):ok()
  expect_eq({ there:struck(), back:struck() }, { 1, 1 })
end)

test("FreeIPMI: a dead satellite among the sensors", function()
  local b = bmc "twin"
  b.chassis:remove(0x72)
  local r = b:freeipmi("ipmi-sensors", "--quiet-cache --bridge-sensors --retransmission-timeout=200 " ..
                                       "--session-timeout=1500", { timeout = 12 })
  expect(not r.timed_out)
  r:lacks "Node B Inlet" 
end)
