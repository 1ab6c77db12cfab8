-- ipmi-sel lists the log as the BMC has it: number, time, sensor and event of
-- each entry. IPMI v2.0, 31.5, 32.1.
tags("client", "ipmi-sel")

local function list(mc, options)
  return mc:freeipmi("ipmi-sel", "--quiet-cache", options):ok():table(true)
end

test("number, time and sensor are those of the records", function()
  local mc = bmc "server-1u"
  local names = { [0x40] = "POST Progress", [0x41] = "OS Boot" }
  for _, sensor in ipairs(mc:sensors()) do names[sensor.number] = sensor.name end
  local rows, entries = list(mc), mc:sel()
  expect_eq(#rows, #entries)
  for i, entry in ipairs(entries) do
    expect_eq(tonumber(rows[i].ID), entry.id)
    expect_eq(rows[i].Name, names[entry.sensor], ("the sensor of entry %d"):format(entry.id))
  end
  expect_eq({ rows[1].Date, rows[1].Time }, { "Dec-02-2025", "00:00:00" })
end)

test("what happens in the BMC is listed next", function()
  local mc = bmc "server-1u"
  mc:sensor("Inlet Temp"):set(45)
  mc:sensor("Intrusion"):state(0)
  wait_until(function() return mc:sel_info().entries >= 11 end)
  local rows = list(mc)
  local events = {}
  for i = 9, #rows do events[#events + 1] = rows[i].Name .. ": " .. rows[i].Event end
  local text = table.concat(events, "\n")
  expect_match(text, "Inlet Temp: Upper Non%-critical %- going high")
  expect_match(text, "Inlet Temp: Upper Critical %- going high ; Sensor Reading = 45.00 C")
  expect_match(text, "Intrusion: General Chassis Intrusion")
end)

test("by IPMI 1.5 it is the same", function()
  local mc = bmc "server-1u"
  expect_eq(list(mc, { lan15 = "md5" }), list(mc, { suite = 17 }))
end)
