-- A command that is never answered: a client gives it up in its time, says so, and
-- closes its session. (silent-command)
tags("client", "command")

local function silent()
  local b = bmc "server-1u"
  b:answer(0x00, 0x01, { silent = true })
  return b
end

test("ipmitool", function()
  local b = silent()
  local r = b:ipmitool("chassis status", { args = { "-N", "1", "-R", "1" } })
  r:fails "Error sending Chassis Status command"
  expect(r.seconds < 4)
  expect_eq(b:lan():stats().sessions, 0)
end)

test("FreeIPMI", function()
  local b = silent()
  local r = b:freeipmi("ipmi-chassis", "--get-chassis-status --retransmission-timeout=200 " ..
                                       "--session-timeout=1000")
  r:fails "session timeout"
  expect(r.seconds < 3)
end)
