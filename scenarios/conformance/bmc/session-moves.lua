-- A session belongs to who has its keys, not to the port that he calls from
-- first. IPMI v2.0, 6.12.
tags "session"

test("a session goes on from another port of the console", function()
  local bmc = target()
  local session = bmc:wire():session()
  session.wire = bmc:wire()
  local reply = session:cmd(0x06, 0x01)
  if reply.timed_out then skip "this BMC ties a session to an address and port" end
  expect_cc(reply)
end)
