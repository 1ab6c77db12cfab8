-- Chassis Control switches the system off and on. IPMI v2.0, 28.3.
tags "chassis"
writes()

test("off is off, on is on, and either twice does no harm", function()
  local session = target():connect()
  for _, what in ipairs { "on", "off", "off", "on" } do
    session:power(what)
    poll(function() return session:chassis_status().power == (what == "on") end, 60,
               "the system is " .. what)
  end
end)

test("an operation that is none is refused", function()
  local session = target():connect()
  for _, code in ipairs { 0x06, 0x0f } do
    expect_refused(session:cmd(0x00, 0x02, { code }), ("operation %d"):format(code))
  end
end)

test("the last power event was a command of IPMI", function()
  local session = target():connect()
  session:power "off"
  poll(function() return not session:chassis_status().power end, 60, "the system is off")
  session:power "on"
  poll(function() return session:chassis_status().power end, 60, "the system is on")
  expect_eq(session:chassis_status().last_event & 0x10, 0x10)
end)
