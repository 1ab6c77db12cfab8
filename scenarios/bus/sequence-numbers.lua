-- Requests that are open at once have different numbers, six bits each; a number whose request
-- was never answered rests for 5 s. IPMB v1.0, sequence numbers; IPMI v2.0, 6.13.
tags "bus"

test("sixty-four requests are open at once, and there is no number for another", function()
  local chassis = bmc("bench.emu").chassis
  local node, held = chassis:controller(0x10), 0
  chassis:controller(0x30, { otherwise = function() return later("200ms") end })
  for _ = 1, 64 do
    spawn(function()
      if node:ask(0x30, 0x30, 0x01).cc == 0 then held = held + 1 end
    end)
  end
  sleep("100ms")
  expect_error(function() node:ask(0x30, 0x30, 0x01) end, "request: ")
  wait_until(function() return held == 64 end, 2, "all are answered")
  local seen = {}
  for _, frame in ipairs(trace:frames { link = "ipmb", to = 0x30 }) do
    expect(not seen[frame.seq], ("number %02Xh was used twice"):format(frame.seq))
    seen[frame.seq] = true
  end
end)

test("a number that was never answered is not used again for 5 s", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  local fault = chassis:bus():fault { effect = "lose", to = 0x72 }
  node:ask(0x72, 0x06, 0x01, nil, { resends = 0 })
  local lost = trace:expect({ link = "ipmb", to = 0x72 }).seq
  fault:disarm()
  local mark = trace:mark()
  while now() < 4.5 do
    expect_cc(node:ask(0x72, 0x06, 0x01))
    sleep("30ms")
  end
  for _, frame in ipairs(trace:frames { link = "ipmb", to = 0x72, since = mark }) do
    expect_ne(frame.seq, lost)
  end
  expect(trace:count { link = "ipmb", to = 0x72, since = mark } > 64, "the others came round")
end)
