-- A threshold event ends only when the reading has come back by more than the
-- hysteresis, so that a reading at the threshold does not fill the log.
-- IPMI v2.0, 35.6, 35.7, 35.13.
tags "sensor"
only_lab()

local INLET = 0x01
local UNC_HIGH = 1 << 7

local function asserted(bmc)
  local status = expect_cc(bmc:cmd(0x04, 0x2b, { INLET }), 0x00, "Get Sensor Event Status")
  return status:le(2, 2) & UNC_HIGH ~= 0
end

test("an upper threshold is left below it by more than the hysteresis", function()
  local bmc = target()
  local inlet = bmc:sensor(INLET)
  local threshold = expect_cc(bmc:cmd(0x04, 0x27, { INLET }), 0x00, "Get Sensor Thresholds")[5]
  inlet:set_raw(threshold - 10)
  expect_cc(bmc:cmd(0x04, 0x24, { INLET, 0xff, 3, 3 }), 0x00, "Set Sensor Hysteresis")
  expect_eq(expect_cc(bmc:cmd(0x04, 0x25, { INLET, 0xff })).data, "\3\3", "Get Sensor Hysteresis")
  expect_eq(asserted(bmc), false, "ten below")
  inlet:set_raw(threshold)
  expect_eq(asserted(bmc), true, "at the threshold")
  inlet:set_raw(threshold - 3)
  expect_eq(asserted(bmc), true, "three below")
  inlet:set_raw(threshold - 4)
  expect_eq(asserted(bmc), false, "four below")
end)
