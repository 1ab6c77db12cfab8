-- The boards of a shelf: ipmi-sensors reaches them across the bus. PICMG 3.0; IPMI v2.0,
-- 6.13.
tags("client", "ipmi-sensors", "bridge")

test("no sensor of a board is without its reading", function()
  local mc = bmc "shelf"
  local rows = mc:freeipmi("ipmi-sensors", "--quiet-cache --bridge-sensors", { privilege = "operator" })
                 :ok():table(true)
  expect(#rows > 20)
  for _, row in ipairs(rows) do
    if row.Units ~= "N/A" then expect_ne(row.Reading, "N/A", row.Name) end
  end
end)

test("a sensor of a board that changes", function()
  local mc = bmc "shelf"
  local board
  for _, other in ipairs(mc.chassis:mcs()) do
    if other.address ~= mc.address and not board then
      for _, sensor in ipairs(other:sensors()) do
        if sensor.type == 1 then board = board or sensor end
      end
    end
  end
  board:set(77)
  local found = false
  local words = "--quiet-cache --bridge-sensors --sensor-types=Temperature"
  for _, row in ipairs(mc:freeipmi("ipmi-sensors", words, { privilege = "operator" })
                         :ok():table(true)) do
    found = found or math.abs((tonumber(row.Reading) or 0) - 77) <= 3
  end
  expect(found, "77 degrees are shown")
end)
