-- An alert can be acknowledged without a session. IPMI v2.0, 30.8.
tags "event"

test("PET Acknowledge is answered outside a session", function()
  local wire = target():wire()
  local reply = wire:cmd(0x04, 0x17, "\x01\x00" .. ("\0"):rep(4) .. "\x20\x20\x01\x00\x00\x00")
  if reply.timed_out then skip "this BMC does not send alerts by LAN" end
  expect_cc(optional(reply, "PET Acknowledge"))
end)

test("one of another length is refused with C7h", function()
  local reply = target():wire():cmd(0x04, 0x17, ("\0"):rep(11))
  if reply.timed_out then skip "this BMC does not send alerts by LAN" end
  expect_cc(optional(reply, "PET Acknowledge"), 0xc7)
end)
