-- The answer to Close Session is lost, and the session is gone: the work is done all
-- the same, and a client says so by its exit status. (loss-random)
tags("client", "session")

local function deaf()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x3c }
  return b
end

test("ipmitool", function()
  local b = deaf()
  b:ipmitool("mc guid", { args = { "-N", "1", "-R", "1" } }):ok():says("System GUID")
  expect_eq(b:lan():stats().sessions, 0)
end)

test("FreeIPMI", function()
  local b = deaf()
  b:freeipmi("bmc-info", "--get-device-guid --retransmission-timeout=20 --session-timeout=50000 --session-timeout=1000"):ok()
  expect_eq(b:lan():stats().sessions, 0)
end)

test("ipmipower", function()
  local b = deaf()
  b:ipmipower("--stat --retransmission-timeout=20 --session-timeout=50000 --session-timeout=1000"):ok():says(": on$")
  expect_eq(b:lan():stats().sessions, 0)
end)
