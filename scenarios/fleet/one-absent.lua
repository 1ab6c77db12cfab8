-- One of forty BMCs is off the network: a poll of all finds out which, waits for that one alone, and
-- has the others' state.
tags("fleet", "poll")

test("a poll of forty names the one that is missing", function()
  local room, state, took, missing = fleet("server-1u", 40), {}, {}, {}
  room[23]:pull_out()
  room:each(function(b, n)
    local console = b:console { timeout = "500ms", retries = 2 }
    if console:try_open() then
      state[n] = console:chassis_status().power
      console:close()
    else
      missing[#missing + 1] = n
    end
    took[n] = now()
  end)
  expect_eq(missing, { 23 })
  expect_near(took[23], 1.5, 0.01, "three tries, half a second each")
  expect_eq(took[22], 0.0, "the others at once: in the lab answers take no time")
  for n = 1, 40 do expect_eq(state[n], n ~= 23 or nil, "the power of number " .. n) end
end)
