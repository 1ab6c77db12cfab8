-- Consoles come and go over a network that does all that a network may: the BMC
-- has a session for each that is open, and a minute after the last none at all.
tags "mix"

test("twenty consoles log in, work and go", function()
  local b = bmc "server-1u"
  for _, effect in ipairs { "lose", "duplicate", "reorder", "corrupt", "truncate" } do
    b:fault { on = "lan", effect = effect, probability = "5%" }
  end
  b:fault { on = "lan", effect = "delay", probability = "10%", span = "1ms", jitter = "900ms" }
  local open, failed, done = {}, 0, 0
  for i = 1, 20 do
    spawn(function()
      sleep(math.random(50) / 10)
      local c = b:console { lan15 = i % 3 == 0 and "md5" or nil, timeout = "500ms", retries = 8 }
      if not c:try_open() then failed = failed + 1
      else
        for _ = 1, 5 do c:cmd(6, 1) end
        if i % 2 == 0 then c:close() else open[#open + 1] = c end
      end
      done = done + 1
    end)
  end
  wait_until(function() return done == 20 end, 300, "all have had their turns")
  expect(failed <= 10, "most got in")
  b.chassis:clear_faults()
  for _, c in ipairs(open) do expect_cc(c:cmd(6, 1), 0x00, "who is open is so at both ends") end
  for _, c in ipairs(open) do c:close() end
  sleep(62)
  expect_eq(b:lan():stats().sessions, 0)
  b:connect()
end)
