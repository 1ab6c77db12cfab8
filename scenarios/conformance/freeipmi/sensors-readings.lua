-- ipmi-sensors shows each sensor's reading as the sensor has it; what is set in
-- the BMC is what it shows next. IPMI v2.0, 35.14, 36.3.
tags("client", "ipmi-sensors")

local function rows(mc, words, options)
  local by_name = {}
  for _, row in ipairs(mc:freeipmi("ipmi-sensors", "--quiet-cache " .. (words or ""), options)
                         :ok():table(true)) do by_name[row.Name] = row end
  return by_name
end

test("all analogue sensors of a server", function()
  local mc = bmc "server-1u"
  local shown, count = rows(mc), 0
  for _, sensor in ipairs(mc:sensors()) do
    local row = shown[sensor.name]
    if row and row.Reading ~= "N/A" then
      count = count + 1
      -- Readings wander by a count or two of their raw values meanwhile.
      expect_near(tonumber(row.Reading), sensor:value(), math.max(2, sensor:value() / 20), sensor.name)
    end
  end
  expect(count > 30, "there are many such")
end)

test("what is set is shown", function()
  local mc = bmc "server-1u"
  mc:sensor("Inlet Temp"):set(31)
  mc:sensor("Fan 1A"):set(6500)
  local shown = rows(mc)
  expect_near(tonumber(shown["Inlet Temp"].Reading), 31, 2)
  expect_eq(shown["Inlet Temp"].Units, "C")
  expect_near(tonumber(shown["Fan 1A"].Reading), 6500, 400)
  expect_eq(shown["Fan 1A"].Units, "RPM")
end)

test("IPMI 1.5 shows the same sensors", function()
  local mc = bmc "server-1u"
  local by20, by15 = rows(mc, nil, { suite = 17 }), rows(mc, nil, { lan15 = "md5" })
  for name, row in pairs(by20) do expect_eq(by15[name].ID, row.ID) end
end)
