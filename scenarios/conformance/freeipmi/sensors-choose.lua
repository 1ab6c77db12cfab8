-- ipmi-sensors shows the sensors that it is asked for: by record, by type, or all
-- but these.
tags("client", "ipmi-sensors")

local function records(mc, words)
  local list = {}
  for _, row in ipairs(mc:freeipmi("ipmi-sensors", "--quiet-cache --no-header-output " .. words)
                         :ok():table()) do list[#list + 1] = tonumber(row[1]) end
  return list
end

test("by record", function()
  local mc = bmc "server-1u"
  expect_eq(records(mc, "--record-ids=4,5,50"), { 4, 5, 50 })
  local all = records(mc, "")
  expect_eq(#records(mc, "--exclude-record-ids=4,5"), #all - 2)
  mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=99"):fails("Sensor Record ID '99' not found")
end)

test("by type", function()
  local mc = bmc "server-1u"
  expect_eq(records(mc, "--sensor-types=Fan"), { 28, 29, 30, 31, 32, 33, 34, 35, 50 })
  expect_eq(records(mc, "--sensor-types=Battery,LAN"), { 51, 52 })
  expect_eq(#records(mc, "--exclude-sensor-types=Fan"), #records(mc, "") - 9)
  local readings = trace:mark()
  records(mc, "--sensor-types=Battery")
  expect_eq(trace:count { "Get Sensor Reading", link = "lan", answer = true, since = readings }, 1,
            "no other sensor is asked")
end)

test("types have names", function()
  local r = run({ "ipmi-sensors", "--list-sensor-types" }):ok()
  for _, name in ipairs { "Temperature", "Physical_Security", "Slot_Connector", "Version_Change" } do
    r:says("^" .. name .. "$")
  end
  bmc "server-1u":freeipmi("ipmi-sensors", "--sensor-types=Nothing"):fails("invalid sensor type")
end)
