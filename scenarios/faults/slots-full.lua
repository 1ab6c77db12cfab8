-- When every place is taken, Open Session says so, in words that mean: wait; who
-- closes a session makes room, and what was tried in vain left nothing.
-- (slots-exhausted) IPMI v2.0, 13.24, 22.17.
tags "slots"

-- Open sessions until one is refused.
local function fill(b, options)
  local open = {}
  repeat
    local c = b:console(options)
    local ok, why = c:try_open()
    if ok then open[#open + 1] = c end
  until not ok or #open > 70
  return open, b:console(options)
end

for _, lan15 in ipairs { false, "md5" } do
  test(lan15 and "IPMI 1.5" or "RMCP+", function()
    local b = bmc "server-1u"
    local options = { lan15 = lan15 or nil }
    local open, late = fill(b, options)
    local slots = #open
    expect(slots >= 4 and slots <= 64, "there is an end to them")
    for _ = 1, 100 do
      local ok, why = late:try_open()
      expect(not ok)
      expect_match(why, lan15 and "^Activate Session: " or "nsufficient resources")
    end
    expect_eq(b:lan():stats().sessions, slots, "nobody was put out")
    for _, c in ipairs(open) do expect_eq(c:device_id().ipmi, "2.0") end
    open[1]:close()
    expect(late:try_open(), "there is room for one")
    expect(not b:console(options):try_open(), "and no more")
  end)
end
