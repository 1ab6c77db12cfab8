-- "channel info" shows what a channel is, and how it may be used. IPMI v2.0, 22.23,
-- 22.24.
tags("client", "channel")

local channels = { [0] = { "IPMB %(I2C%)", "session%-less" },
                   [1] = { "802%.3 LAN", "multi%-session" },
                   [4] = { "Serial/Modem", "single%-session" },
                   [15] = { "System Interface", "session%-less" } }

test("each channel's medium", function()
  local mc = bmc "server-1u"
  for channel, words in pairs(channels) do
    local r = mc:ipmitool("channel info " .. channel):ok()
    r:says(("^Channel 0x%x info:$"):format(channel))
    r:says("^  Channel Medium Type   : " .. words[1] .. "$")
    r:says("^  Session Support       : " .. words[2] .. "$")
  end
  mc:ipmitool("channel info 9"):fails "Unable to Get Channel Info"
end)

test("the one that is asked over, and how many sessions it has", function()
  local mc = bmc "server-1u"
  local other = mc:connect()
  local r = mc:ipmitool("channel info"):ok()
  r:says "^Channel 0x1 info:$"
  r:says "^  Active Session Count  : 2$"
  other:close()
end)

test("its access, for now and for good", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x40, { 1, 0x9a, 0x84 }))
  local lines = table.concat(mc:ipmitool("channel info 1"):ok():lines(), "\n")
  local now, lasting = lines:match "Volatile%(active%) Settings(.*)Non%-Volatile Settings(.*)"
  expect_match(now, "Per%-message Auth    : disabled\n +User Level Auth     : disabled")
  expect_match(lasting, "Per%-message Auth    : enabled\n +User Level Auth     : enabled")
end)
