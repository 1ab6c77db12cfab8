-- A BMC that is slow to take events refuses some of them on the wire; their senders try again, and in the
-- end each is logged once.
tags("bus", "event")

test("eight nodes send four events each to a BMC that needs 20 ms for one", function()
  local b = bmc "bench.emu"
  b.chassis:bus():manner(0x20, { frames = 1, processing = "20ms", refuse_at = 3 })
  local done, refused = 0, 0
  for n = 0, 7 do
    local node = b.chassis:controller(0x10 + 2 * n)
    spawn(function()
      for event = 1, 4 do
        local reply
        repeat
          reply = node:ask(0x20, 0x04, 0x02, { 0x04, 0x01, event, 0x01, 0x57, n, 0x40 })
          if reply.cc ~= 0 then
            refused = refused + 1
            sleep(0.1 + math.random() / 10)
          end
        until reply.cc == 0
      end
      done = done + 1
    end)
  end
  wait_until(function() return done == 8 end, 60, "all events are accepted")
  local seen, count = {}, 0
  for _, e in ipairs(b:sel()) do
    local key = ("%02x %d"):format(e.generator, e.sensor)
    expect(not seen[key], key .. " is logged twice")
    seen[key], count = true, count + 1
  end
  expect_eq(count, 32)
  expect(b.chassis:bus():stats().data_naks > 0, "some were refused at first")
end)
