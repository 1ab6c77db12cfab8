-- The whole repository is read over a network that does all that a network may: it
-- is the same, octet for octet.
tags "mix"

test("five consoles read it, each has all of it", function()
  local b = bmc "server-1u"
  local want, done = b:sdrs(), 0
  local open = {}
  for i = 1, 5 do
    open[i] = b:connect { timeout = "100ms", retries = 30, lan15 = i % 2 == 0 and "md5" or nil }
  end
  for _, effect in ipairs { "lose", "duplicate", "reorder", "corrupt" } do
    b:fault { on = "lan", effect = effect, probability = "4%" }
  end
  for i, c in ipairs(open) do
    spawn(function()
      local list, id = {}, 0
      -- Whole records do without a reservation, which the others would cancel.
      while id ~= 0xffff do
        local r = expect_cc(c:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, id, 0, 0xff)))
        list[#list + 1], id = r.data:sub(3), r:le(1, 2)
      end
      expect_eq(list, want, ("console %d"):format(i))
      done = done + 1
    end)
  end
  wait_until(function() return done == #open end, 1000)
end)
