-- Two hundred BMCs are polled every minute for ten minutes: session, power, a sensor, close. Every poll
-- of every BMC succeeds, and nothing is left of it.
tags("fleet", "poll")

test("two hundred BMCs, ten polls each", function()
  local room = fleet("server-1u", 200)
  room:each(function(b, n)
    sleep(n * 0.3)                       -- not all at once
    local console = b:console()
    for _ = 1, 10 do
      console:open()
      expect(console:chassis_status().power)
      expect(console:sensor_reading(1).available)
      console:close()
      sleep(60)
    end
  end, "12m")
  for _, b in ipairs(room) do
    local stats = b:lan():stats()
    expect_eq({ stats.logins, stats.sessions, stats.sessions_timed_out }, { 10, 0, 0 })
  end
end)
