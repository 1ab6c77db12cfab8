-- What the bus behind a BMC does is not for everybody: Send Message to another channel takes the operator's
-- privilege; a user may only reach the host's software. IPMI v2.0, 22.7, appendix G.
tags("bus", "bridge")

local message = packet.message { rs_addr = 0x72, rq_addr = 0x20, rq_seq = 1, netfn = 6, cmd = 1 }

for privilege, cc in pairs { user = 0xd4, operator = 0x00, admin = 0x00 } do
  test(("a session with %s privilege gets %02Xh"):format(privilege, cc), function()
    local session = bmc("twin"):wire():session { privilege = privilege }
    expect_cc(session:cmd(0x06, 0x34, "\x40" .. message), cc)
    sleep(0.1)
    expect_eq(trace:count { link = "ipmb", to = 0x72 }, cc == 0 and 1 or 0, "frames on the bus")
  end)
end

test("a message for a channel that is not there is refused", function()
  local session = bmc("twin"):wire():session()
  expect_refused(session:cmd(0x06, 0x34, "\x4b" .. message))
  trace:none { link = "ipmb" }
end)

test("a message that is no message is refused", function()
  local session = bmc("twin"):wire():session()
  for length = 0, 6 do
    expect_refused(session:cmd(0x06, 0x34, "\x40" .. message:sub(1, length)), length .. " octets of it")
  end
  trace:none { link = "ipmb" }
end)
