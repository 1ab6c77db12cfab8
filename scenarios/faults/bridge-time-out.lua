-- A satellite that takes a bridged request and never answers it: the BMC keeps the
-- place for five seconds and no longer, and the next sensor's turn comes.
-- (bridge-timeout) IPMI v2.0, 6.13.
tags "bridge"

-- Send Message, tracked, to the IPMB: Get Device ID.
local function bridged(address)
  return "\x40" .. packet.message { rs_addr = address, rq_addr = 0x20, rq_seq = 1 }
end

test("a silent satellite costs its own time and nobody else's", function()
  local b = bmc "twin"
  b.chassis:controller(0xb0, { ["06 01"] = function() end })
  local c = b:connect()
  for _ = 1, 50 do
    local r = c:cmd(0x06, 0x34, bridged(0xb0))
    expect(r.cc ~= nil, "the BMC answers Send Message in any case")
    sleep(0.2)
  end
  local answered = b:stats().bridge_answered
  expect_cc(c:cmd(0x06, 0x34, bridged(0x72)), 0x00, "there is room for another")
  sleep(1)
  expect_eq(b:stats().bridge_answered, answered + 1)
  sleep(10)
  local stats = b:stats()
  expect_eq(stats.bridged, stats.bridge_answered + stats.bridge_expired,
            "what was asked is answered or over")
end)
