-- Channel access is kept twice: as it is now, and as it will be after the next
-- start. Each is set for itself. IPMI v2.0, 22.22, 22.23.
tags "channel"
writes()

local NOW, STORED = 0x80, 0x40      -- Set and Get Channel Access: which is meant
local CHANNEL = 0x01
local ALERTING_DISABLED = 0x20

local function access(bmc, which)
  return expect_cc(bmc:cmd(0x06, 0x41, { CHANNEL, which }), 0x00, "Get Channel Access")[1]
end

test("setting one copy of channel access leaves the other as it is", function()
  local bmc = target()
  local now, stored = access(bmc, NOW), access(bmc, STORED)
  expect_cc(bmc:cmd(0x06, 0x40, { CHANNEL, STORED | stored ~ ALERTING_DISABLED, 0 }), 0x00,
            "Set Channel Access, non-volatile")
  expect_eq(access(bmc, NOW), now, "the present access")
  expect_eq(access(bmc, STORED), stored ~ ALERTING_DISABLED, "the kept access")
  expect_cc(bmc:cmd(0x06, 0x40, { CHANNEL, STORED | stored, 0 }), 0x00)
  expect_cc(bmc:cmd(0x06, 0x40, { CHANNEL, NOW | now ~ ALERTING_DISABLED, 0 }), 0x00,
            "Set Channel Access, volatile")
  expect_eq(access(bmc, NOW), now ~ ALERTING_DISABLED, "the present access")
  expect_eq(access(bmc, STORED), stored, "the kept access")
  expect_cc(bmc:cmd(0x06, 0x40, { CHANNEL, NOW | now, 0 }), 0x00)
end)
