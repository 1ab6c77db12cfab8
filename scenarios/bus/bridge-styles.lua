-- A session gets the answer of a bridged request as a message of its own, or, from some BMCs, within
-- the answer of Send Message; that one waits for it, and is C3h when none comes. IPMI v2.0, 6.13.
tags("bus", "bridge")

local function machine(style)
  return { name = style, emu = ([[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x3f 32473 1
mc_add 0x72 0x21 no-device-sdrs 1 1 0 0x20 32473 2
bridge_style 0x20 %s
mc_enable 0x20
mc_enable 0x72
]]):format(style), conf = [[
set_working_mc 0x20
startlan 1
  addr 127.0.0.1 0
  priv_limit admin
  allowed_auths_admin none md2 md5 straight
endlan
user 2 true "ADMIN" "ADMIN" admin 10
]] }
end

local message = packet.message { rs_addr = 0x72, rq_addr = 0x20, rq_seq = 3, netfn = 6, cmd = 1 }

test("packets: 00h at once, and the answer behind it", function()
  local session = bmc(machine "packets"):wire():session()
  local reply = expect_cc(session:cmd(0x06, 0x34, "\x40" .. message))
  expect_eq(#reply, 0, "octets in the answer of Send Message")
  local answer = expect(packet.parse_message(session:payload(packet.parse(session.wire:receive()))))
  expect_eq({ answer.cmd, answer.rq_seq, answer.from, answer.cc }, { 0x01, 3, 0x20, 0x00 })
  expect_eq(answer.data:byte(1), 0x21, "the device id of 72h")
end)

test("encapsulated: one answer with the other in it", function()
  local session = bmc(machine "encapsulated"):wire():session()
  local reply = expect_cc(session:cmd(0x06, 0x34, "\x40" .. message))
  local answer = expect(packet.parse_message(reply.data))
  expect_eq({ answer.cmd, answer.rq_seq, answer.cc }, { 0x01, 3, 0x00 })
  expect_eq(answer.data:byte(1), 0x21)
  session.wire:expect_silence("nothing follows")
end)

test("encapsulated: C3h when nobody answers", function()
  local b = bmc(machine "encapsulated")
  b:fault { on = "ipmb", effect = "lose", from = 0x72 }
  local reply = b:wire():session():cmd(0x06, 0x34, "\x40" .. message, { timeout = "6s" })
  expect_cc(reply, 0xc3)
end)
