-- A frame that is cut short fails its checksum, or is no frame at all; either way it is dropped.
tags("bus", "loss")

test("however short a request is cut, the next one is answered", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  for length = 1, 6 do
    local fault = chassis:bus():fault { effect = "truncate", to = 0x72, count = length, times = 1 }
    local reply = node:ask(0x72, 0x06, 0x01)
    expect_cc(reply, 0x00, ("cut to %d octets"):format(length))
    expect_eq(fault:struck(), 1)
    fault:disarm()
  end
  expect_eq(trace:count { link = "ipmb", fate = "ignored" }, 6)
  expect_eq(chassis:bus():stats().retries, 6)
end)
