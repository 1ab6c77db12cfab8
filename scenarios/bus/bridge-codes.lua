-- How the bus treated a bridged request is told by Send Message: 81h lost arbitration, 82h bus
-- error, 83h nobody acknowledged. No answer is C3h only where the answer comes with it. 22.7.
tags("bus", "bridge")

local function send(session, address, style)
  local message = packet.message { rs_addr = address, rq_addr = 0x20, rq_seq = 3, netfn = 6, cmd = 1 }
  return session:cmd(0x06, 0x34, string.char(style or 0x40) .. message, { timeout = "6s" })
end

test("83h: nobody is at that address", function()
  local b = bmc "bench.emu"
  expect_cc(send(b:wire():session(), 0x7a), 0x83)
end)

test("82h: the clock was held for too long", function()
  local b = bmc "bench.emu"
  b:fault { on = "ipmb", effect = "stretch", to = 0x72, span = "40ms", times = 1 }
  local session = b:wire():session()
  expect_cc(send(session, 0x72), 0x82)
  expect_cc(send(session, 0x72), 0x00)
end)

test("81h: the BMC lost the arbitration 64 times", function()
  local b = bmc "bench.emu"
  local low = b.chassis:controller(0x10)
  -- To 70h: lower than 72h, from the first octet on. Two are always waiting.
  b.chassis:controller(0x70)
  local frame = packet.message { rs_addr = 0x70, rq_addr = 0x10, netfn = 0x07, cmd = 0x01 }
  for _ = 1, 2 do
    spawn(function()
      for _ = 1, 100 do low:send(frame) end
    end)
  end
  expect_cc(send(b:wire():session(), 0x72), 0x81)
  expect_eq(b.chassis:bus():node(0x20).arbitration_losses, 64)
end)

test("00h, and silence: it went out, and nobody answers", function()
  local b = bmc "bench.emu"
  b:fault { on = "ipmb", effect = "lose", from = 0x72 }
  local session = b:wire():session()
  expect_cc(send(session, 0x72), 0x00)
  expect(not session.wire:receive("6s"), "nothing follows")
  expect_eq({ b:stats().bridged, b:stats().bridge_expired }, { 1, 1 })
end)
