-- Who asks for a satellite that is not there, or does not acknowledge, or over a
-- bus that does not work, is told so at once in the answer to Send Message.
-- (ipmb-nak) IPMI v2.0, 22.7.
tags "bridge"

local function send(console, address)
  return console:cmd(0x06, 0x34, "\x40" .. packet.message { rs_addr = address, rq_addr = 0x20 })
end

test("nobody is at that address: 83h", function()
  expect_cc(send(bmc "twin":connect(), 0xb0), 0x83)
end)

test("a satellite refuses its address: 83h, and it answers again when it is back", function()
  local b = bmc "twin"
  local c = b:connect { timeout = 10 }
  local fault = b.chassis:bus():fault { effect = "nak", to = 0x72 }
  expect_cc(send(c, 0x72), 0x83)
  fault:disarm()
  expect_cc(send(c, 0x72))
end)

test("a satellite that is busy for a moment: 83h, and a little later it answers", function()
  local b = bmc "twin"
  local c = b:connect { timeout = 10 }
  local fault = b.chassis:bus():fault { effect = "busy", to = 0x72, span = "20ms", times = 1 }
  expect_cc(send(c, 0x72), 0x83)
  expect_eq(fault:struck(), 1)
  sleep(0.1)
  expect_cc(send(c, 0x72))
  sleep(1)
  expect(b:stats().bridge_answered >= 1, "and it answered")
end)

test("a bus that hangs: 82h, and when it is free again it works", function()
  local b = bmc "twin"
  local c = b:connect { timeout = 20 }
  b.chassis:bus():fault { effect = "stick", to = 0x72, span = "8s", times = 1 }
  expect_cc(send(c, 0x72), 0x82)
  sleep(20)
  expect_cc(send(c, 0x72))
end)
