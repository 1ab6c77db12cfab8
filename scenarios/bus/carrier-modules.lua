-- Modules stand on a bus of their own behind a carrier, IPMB-L. A request for one is bridged twice:
-- to the carrier, and by the carrier to the module. AMC.0; IPMI v2.0, 22.7.
tags("bus", "ipmb-l", "bridge")

local SEND_MESSAGE, TRACK = 0x34, 0x40

-- A message to the carrier that has it send one to a module on channel 7.
local function via_carrier(module, rq_seq, netfn, cmd, data)
  local inner = packet.message { rs_addr = module, rq_addr = 0x20, rq_seq = rq_seq, netfn = netfn, cmd = cmd,
                                 data = data }
  return packet.message { rs_addr = 0x88, rq_addr = 0x20, rq_seq = rq_seq, netfn = 0x06, cmd = SEND_MESSAGE,
                          data = string.char(TRACK | 7) .. inner }
end

-- The answers to netfn and cmd that the module gave on its bus, and the carrier on IPMB-0.
local function crossed(module, netfn, cmd)
  return trace:frames { link = "ipmb-l1", from = module, netfn = netfn, cmd = cmd, answer = true }
end

for module, id in pairs { [0x72] = 0x08, [0x74] = 0x09 } do
  test(("module %02Xh says who it is"):format(module), function()
    local b = bmc "shelf"
    local session = b:connect():by_hand()
    expect_cc(session:cmd(0x06, SEND_MESSAGE, string.char(TRACK) .. via_carrier(module, 5, 0x06, 0x01)))
    sleep(0.1)
    local answers = crossed(module, 0x06, 0x01)
    expect_eq(#answers, 1)
    expect_eq(answers[1].data:byte(11), 0x04, "the product, high octet")
    expect_eq(answers[1].data:byte(10), id, "and low octet")
    trace:order { { link = "ipmb-l1", to = module, cmd = 0x01 },
                  { link = "ipmb-l1", from = module, cmd = 0x01, answer = true },
                  { link = "lan", direction = "from bmc" } }
  end)
end

test("a module is not on the shelf's own bus", function()
  local b = bmc "shelf"
  expect_eq(b.chassis:bus("ipmb0-a"):controller(0x10):ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  expect_cc(b.chassis:bus("ipmb-l1"):controller(0x10):ask(0x72, 0x06, 0x01))
end)

test("a module that is gone is 83h, as the carrier says it", function()
  local b = bmc "shelf"
  b.chassis:bus("ipmb-l1"):fault { effect = "nak", to = 0x72 }
  local session = b:connect():by_hand()
  session:cmd(0x06, SEND_MESSAGE, string.char(TRACK) .. via_carrier(0x72, 5, 0x06, 0x01))
  sleep(0.1)
  trace:expect { "Send Message", from = 0x88, answer = true, cc = 0x83 }
end)
