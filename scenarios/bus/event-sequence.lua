-- A satellite's events go out one after the other, in the order in which they happened: the next only when the
-- last was acknowledged. So the log's order is that of what happened.
tags("bus", "event")

test("ten changes of one sensor are logged in their order, over a lossy bus", function()
  local b = bmc "twin"
  b:sel_clear()
  b:fault { on = "ipmb", effect = "lose", probability = "25%" }
  local sensor = b.chassis:mc(0x72):sensor(1)
  for _ = 1, 5 do
    sensor:set_raw(0x5b)          -- above the first threshold
    sleep(3)
    sensor:set_raw(0x30)          -- and far below it
    sleep(3)
  end
  sleep(10)
  local directions = {}
  for _, e in ipairs(b:sel()) do
    if e.generator == 0x72 and e.sensor == 1 then
      directions[#directions + 1] = e.deasserted and "-" or "+"
    end
  end
  expect_eq(table.concat(directions), "+-+-+-+-+-")
end)
