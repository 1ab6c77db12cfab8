-- Between a STOP and the next START the bus rests for 4.7 us (at 100 kHz), whoever
-- sends next. I2C-bus specification, tBUF.
tags "bus"

test("frames that wait follow each other with the bus-free time between", function()
  local node = bmc("bench.emu").chassis:controller(0x10)
  local frame = packet.message { rs_addr = 0x72, rq_addr = 0x10, netfn = 0x07, cmd = 0x01 }
  for _ = 1, 3 do spawn(function() expect_eq(node:send(frame), "sent") end) end
  sleep(0.1)
  local frames = trace:frames { link = "ipmb", from = 0x10 }
  expect_eq(#frames, 3)
  expect_eq(frames[1].instant, 650000)
  expect_eq(frames[2].instant - frames[1].instant, 4700 + 650000)
  expect_eq(frames[3].instant - frames[2].instant, 4700 + 650000)
end)
