-- Chassis Identify takes no octet, one or two. IPMI v2.0, 28.5.
tags("chassis", "waits")
writes()

test("identifying is done for a time, for ever, and not any more", function()
  local session = target():connect()
  for _, data in ipairs { {}, { 10 }, { 0, 1 }, { 0 } } do
    expect_cc(optional(session:cmd(0x00, 0x04, data), "Chassis Identify"))
  end
  left_open("octets too many may be ignored", function()
    expect_cc(session:cmd(0x00, 0x04, { 1, 0, 0 }), 0xc7, "three octets are too many")
  end)
end)

test("where the state is told, it follows", function()
  local session = target():connect()
  if session:cmd(0x00, 0x01)[3] & 0x40 == 0 then skip "this BMC does not tell" end
  local function state() return session:cmd(0x00, 0x01)[3] >> 4 & 3 end
  expect_cc(session:cmd(0x00, 0x04, { 5 }))
  expect_eq(state(), 1, "identifying for a time")
  sleep(8)
  expect_eq(state(), 0, "its time is over")
  expect_cc(session:cmd(0x00, 0x04, { 0, 1 }))
  expect_eq(state(), 2, "identifying for ever")
  expect_cc(session:cmd(0x00, 0x04, { 0 }))
  expect_eq(state(), 0, "it was ended")
end)
