-- D5h, not in this state, is the answer for parts of a machine that is switched
-- off: a client shows that, and asks again when it is on. (d5-state)
tags "command"

test("a reading comes back when the machine is on again", function()
  local b = bmc "server-1u"
  local sensor = b:sensor "CPU1 Temp"
  b:command(0x04, 0x2d, function(request)
    if request[1] == sensor.number and not b.chassis.host:is_on() then return 0xd5 end
    return request.original()
  end)
  local c = b:connect()
  expect_cc(c:cmd(0x04, 0x2d, { sensor.number }))
  c:power "off"
  b.chassis.host:wait("off", 30)
  expect_cc(c:cmd(0x04, 0x2d, { sensor.number }), 0xd5)
  c:power "on"
  b.chassis.host:wait("on", 30)
  expect_cc(c:cmd(0x04, 0x2d, { sensor.number }))
end)
