-- After a power cut a rack must not start at once: servers are switched on two seconds apart, and never
-- more than three draw the current of their start.
tags("fleet", "power")

test("twenty servers are switched on, two seconds apart", function()
  local rack, on_at, starting, most = fleet("server-1u", 20), {}, 0, 0
  for i, b in ipairs(rack) do
    b.chassis.host:power("off")
    b.chassis.host:wait("off")
    b.chassis:on("power", "on", function(e)
      on_at[i] = e.at
      starting = starting + 1
      most = math.max(most, starting)
      sleep(5)                        -- for so long it draws more than when it runs
      starting = starting - 1
    end)
  end
  local begin = now()
  for _, b in ipairs(rack) do
    b:connect():cmd(0x00, 0x02, { 1 })
    sleep(2)
  end
  for i, b in ipairs(rack) do
    b.chassis.host:wait("os")
    expect(b:chassis_status().power)
    expect_near(on_at[i] - begin, (i - 1) * 2, 0.2, ("when number %d was switched on"):format(i))
  end
  expect(most <= 3, ("so many started at once: %d"):format(most))
end)
