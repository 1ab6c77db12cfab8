-- What went is told like what came: the log has an event for either.
-- IPMI v2.0, 29.7, 35.10, 42.1.
tags "sensor"
only_lab()

local function events_of(bmc, sensor)
  local list = {}
  for _, entry in ipairs(bmc:sel()) do
    if entry.sensor == sensor then
      list[#list + 1] = { entry.offset, entry.deasserted and "deasserted" or "asserted" }
    end
  end
  return list
end

test("a threshold that is crossed and left makes two events", function()
  local bmc = target()
  local inlet = bmc:sensor "Inlet Temp"
  inlet:set(25)
  bmc:sel_clear()
  inlet:set(40)
  inlet:set(25)
  expect_eq(events_of(bmc, inlet.number), { { 7, "asserted" }, { 7, "deasserted" } })
end)

test("a deassertion that is not enabled is not sent", function()
  local bmc = target()
  local inlet = bmc:sensor "Inlet Temp"
  inlet:set(25)
  local flags = expect_cc(bmc:cmd(0x04, 0x29, { inlet.number }), 0x00, "Get Sensor Event Enable")[1]
  expect_cc(bmc:cmd(0x04, 0x28, string.pack("<BBI2I2", inlet.number, flags & 0xc0 | 0x20, 0, 1 << 7)),
            0x00, "Set Sensor Event Enable: disable one deassertion")
  bmc:sel_clear()
  inlet:set(40)
  inlet:set(25)
  expect_eq(events_of(bmc, inlet.number), { { 7, "asserted" } })
end)
