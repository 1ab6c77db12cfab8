-- An event is acted upon if a filter matches it that is enabled.
-- IPMI v2.0, 17.7, 30.4.
tags "pef"
only_lab()

-- Event filter 1: power down upon a critical temperature of sensor F0h.
local function set_filter(bmc, enabled)
  expect_cc(bmc:cmd(0x04, 0x12, string.pack("BB", 6, 1) .. string.char(
    enabled and 0x80 or 0x00, 0x02, 0x00, 0x10, 0xff, 0xff, 0x01, 0xf0, 0xff, 0xff, 0xff) ..
    ("\0"):rep(9)), 0x00, "Set PEF Configuration Parameters, the filter")
end

local function send_event(bmc)
  expect_cc(bmc:cmd(0x04, 0x02, { 0x20, 0x04, 0x01, 0xf0, 0x01, 0x59, 0x50, 0x46 }), 0x00,
            "Platform Event Message")
  sleep(10)
end

test("a disabled filter does nothing, the same filter enabled acts", function()
  local bmc = target()
  sleep("5m")
  expect_eq(bmc:chassis_status().power, true, "the system is on")
  expect_cc(bmc:cmd(0x04, 0x12, { 2, 0x02 }), 0x00, "the power down action is allowed")
  expect_cc(bmc:cmd(0x04, 0x12, { 1, 0x01 }), 0x00, "PEF is enabled")
  set_filter(bmc, false)
  send_event(bmc)
  expect_eq(bmc:chassis_status().power, true, "the filter is disabled")
  set_filter(bmc, true)
  send_event(bmc)
  expect_eq(bmc:chassis_status().power, false, "the filter is enabled")
end)
