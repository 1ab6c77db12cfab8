-- The BMC is reset while a client is at work: the client ends with an error in a
-- bounded time, and the next one finds the BMC at work. (reboot-midsession)
tags("client", "reset")

-- It is reset instead of answering the n-th such command.
local function resets_at(netfn, cmd, n)
  local b, asked = bmc "server-1u", 0
  b:command(netfn, cmd, function(request)
    asked = asked + 1
    if asked ~= n then return request.original() end
    spawn(function() b:reset "cold" end)
  end)
  return b
end

local function works_again(b)
  trace:expect { link = "lan", fate = "ignored", why = "there is no such session" }
  b:freeipmi("bmc-info", "--get-device-guid"):ok()
  expect_eq(b:lan():stats().sessions, 0, "nothing is left of the first session")
end

test("ipmitool", function()
  local b = resets_at(0x00, 0x01, 1)
  local r = b:ipmitool("chassis status", { args = { "-N", "1", "-R", "1" }, timeout = 12 })
  r:fails "Error sending Chassis Status command"
  expect(r.seconds < 8)
  works_again(b)
end)

test("FreeIPMI", function()
  local b = resets_at(0x04, 0x2d, 5)
  local r = b:freeipmi("ipmi-sensors", "--quiet-cache --retransmission-timeout=200 --session-timeout=1000",
                       { timeout = 8 })
  r:fails()
  expect(r.seconds < 6)
  works_again(b)
end)
