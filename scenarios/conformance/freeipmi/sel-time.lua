-- The log's times are in the BMC's own time: ipmi-sel converts them when it is told
-- what they are.
tags("client", "ipmi-sel")

local function first(mc, words)
  local row = mc:freeipmi("ipmi-sel", "--quiet-cache --display=1 " .. words, { env = { TZ = "EST5" } })
                :ok():table(true)[1]
  return row.Date .. " " .. row.Time
end

test("as they are, and converted", function()
  local mc = bmc "server-1u"
  expect_eq(first(mc, ""), "Dec-02-2025 00:00:00")
  expect_eq(first(mc, "--utc-to-localtime"), "Dec-01-2025 19:00:00")
  expect_eq(first(mc, "--localtime-to-utc"), "Dec-02-2025 05:00:00")
  expect_eq(first(mc, "--utc-offset=5400"), "Dec-02-2025 01:30:00")
end)

test("times before the clock was set, and none", function()
  local mc = bmc "server-1u"
  for time, words in pairs { ["05 00 00 00"] = "PostInit", ["ff ff ff 1f"] = "PostInit",
                             ["ff ff ff ff"] = "Unspec." } do
    local answer = mc:answer(0x0a, 0x43, { data = hex("ff ff 01 00 02" .. time
                                             .. "20 00 04 01 01 01 59 2d 2b") })
    local row = mc:freeipmi("ipmi-sel", "--quiet-cache"):ok():table(true)[1]
    expect_eq({ row.Date, row.Time }, { words, words })
    answer:remove()
  end
end)
