-- A request whose answer does not come is sent again, octet for octet, 250 ms after the end of its
-- last sending, three times; then it is given up. IPMB v1.0, message retries.
tags("bus", "loss")

for lost = 1, 3 do
  test(("with %d sendings lost the answer comes after %d ms"):format(lost, 250 * lost), function()
    local chassis = bmc("bench.emu").chassis
    local node = chassis:controller(0x10)
    chassis:bus():fault { effect = "lose", to = 0x72, times = lost }
    expect_cc(node:ask(0x72, 0x06, 0x01))
    local frames = trace:frames { link = "ipmb", to = 0x72 }
    expect_eq(#frames, lost + 1)
    for i, frame in ipairs(frames) do
      expect_eq(frame.bytes, frames[1].bytes, "octet for octet the same")
      expect_eq(frame.instant, 650000 + (i - 1) * (250000000 + 650000))
    end
    expect_eq(chassis:bus():node(0x10).resends, lost)
  end)
end

test("with four lost it is given up, 250 ms after the last", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "lose", to = 0x72 }
  expect_eq(node:ask(0x72, 0x06, 0x01).ended, "timed out")
  expect_eq(math.floor(now() * 1e9 + 0.5), 4 * (250000000 + 650000))
end)

test("a request that is to be sent once is", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:bus():fault { effect = "lose", to = 0x72 }
  expect_eq(node:ask(0x72, 0x06, 0x01, nil, { resends = 0 }).ended, "timed out")
  expect_eq(#trace:frames { link = "ipmb", to = 0x72 }, 1)
end)
