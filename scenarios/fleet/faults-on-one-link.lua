-- Half of the datagrams of one BMC are lost. It is slow, and nobody else is: faults are a chassis' own.
tags("fleet", "loss")

test("one bad cable among thirty", function()
  local room, took = fleet("server-1u", 30), {}
  local fault = room[11]:fault { on = "lan", effect = "lose", probability = "50%" }
  room:each(function(b, n)
    local console = b:console { timeout = "100ms", retries = 30 }
    expect(console:try_open())
    for _ = 1, 10 do expect_cc(console:cmd(0x06, 0x01)) end
    took[n] = now()
  end)
  for n, seconds in ipairs(took) do
    if n == 11 then expect(seconds > 0.3, "it had to repeat itself") else expect_eq(seconds, 0.0) end
  end
  expect(fault:struck() > 5)
  for n, b in ipairs(room) do
    local lost = b:lan():stats().incoming.lost + b:lan():stats().outgoing.lost
    expect_eq(lost > 0, n == 11, ("datagrams lost of number %d: %d"):format(n, lost))
  end
  trace:none { link = "lan", fate = "lost", chassis = room[10].chassis }
end)
