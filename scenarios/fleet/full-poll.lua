-- Two hundred BMCs are polled every minute for ten minutes: session, power, a sensor, close. Every poll
-- of every BMC succeeds, and nothing is left of it.
tags("fleet", "poll")

test("two hundred BMCs, ten polls each", function()
  local room, polls = {}, 0
  for n = 1, 200 do room[n] = bmc "server-1u" end
  for n, b in ipairs(room) do
    spawn(function()
      sleep(n * 0.3)                     -- not all at once
      local console = b:console()
      for _ = 1, 10 do
        console:open()
        expect(console:chassis_status().power)
        expect(console:sensor_reading(1).available)
        console:close()
        polls = polls + 1
        sleep(60)
      end
    end)
  end
  sleep("12m")
  expect_eq(polls, 200 * 10)
  for _, b in ipairs(room) do
    local stats = b:lan():stats()
    expect_eq({ stats.logins, stats.sessions, stats.sessions_timed_out }, { 10, 0, 0 })
  end
end)
