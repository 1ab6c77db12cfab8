-- An alert can be acknowledged without a session. IPMI v2.0, 30.8.
tags "event"

local ack = "\x01\x00" .. ("\0"):rep(4) .. "\x20\x20\x01\x00\x00\x00"

-- A wire to a BMC that has the command at all, as is told within a session.
local function wire()
  local bmc = target()
  optional(bmc:wire():session():cmd(0x04, 0x17, ack), "PET Acknowledge")
  return bmc:wire()
end

test("PET Acknowledge is answered outside a session", function()
  local reply = wire():cmd(0x04, 0x17, ack)
  if reply.timed_out then skip "this BMC does not send alerts by LAN" end
  expect_cc(optional(reply, "PET Acknowledge"))
end)

test("one of another length is refused with C7h", function()
  local reply = wire():cmd(0x04, 0x17, ("\0"):rep(11))
  if reply.timed_out then skip "this BMC does not send alerts by LAN" end
  expect_cc(optional(reply, "PET Acknowledge"), 0xc7)
end)
