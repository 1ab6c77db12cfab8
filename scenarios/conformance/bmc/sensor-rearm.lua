-- Re-arming lets a sensor tell anew what still holds. IPMI v2.0, 35.12.
tags "sensor"
only_lab()

local function events_of(bmc, sensor)
  local count = 0
  for _, entry in ipairs(bmc:sel()) do
    if entry.sensor == sensor and not entry.deasserted then count = count + 1 end
  end
  return count
end

test("a threshold that is still crossed is told again after Re-arm", function()
  local bmc = target()
  local inlet = bmc:sensor "Inlet Temp"
  inlet:set(25)
  bmc:sel_clear()
  inlet:set(40)
  inlet:set(41)
  expect_eq(events_of(bmc, inlet.number), 1, "one event while it stays crossed")
  expect_cc(bmc:cmd(0x04, 0x2a, { inlet.number, 0x00 }), 0x00, "Re-arm Sensor Events")
  sleep(2)
  expect_eq(events_of(bmc, inlet.number), 2, "one event more")
end)
