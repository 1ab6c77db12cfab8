-- Sensors of other controllers are read across the bus when that is asked for;
-- without, they have no readings. IPMI v2.0, 6.13, 7.
tags("client", "ipmi-sensors", "bridge")

local function rows(mc, words)
  local list = {}
  for _, row in ipairs(mc:freeipmi("ipmi-sensors", "--quiet-cache " .. words, { privilege = "operator" })
                         :ok():table(true)) do list[#list + 1] = row end
  return list
end

local function with_reading(list)
  local n = 0
  for _, row in ipairs(list) do if row.Reading ~= "N/A" or row.Event ~= "N/A" then n = n + 1 end end
  return n
end

test("the nodes of a twin", function()
  local mc = bmc "twin"
  local near, far = with_reading(rows(mc, "")), with_reading(rows(mc, "--bridge-sensors"))
  expect(far >= near + 16, ("%d sensors without, %d with bridging"):format(near, far))
  trace:expect { "Get Sensor Reading", link = "ipmb", to = 0x72, answer = false }
  trace:expect { "Get Sensor Reading", link = "ipmb", to = 0x20, answer = true, cc = 0 }
end)

test("what a node's sensor has", function()
  local mc = bmc "twin"
  local node = mc.chassis:mc(0x72)
  local sensor
  for _, s in ipairs(node:sensors()) do
    if not sensor and s.type == 1 then sensor = s end
  end
  sensor:set(66)
  local found
  for _, row in ipairs(rows(mc, "--bridge-sensors")) do
    if row.Reading ~= "N/A" and math.abs(tonumber(row.Reading) - 66) <= 3 and row.Units == "C" then
      found = row
    end
  end
  expect(found, "66 degrees are shown")
end)

test("a node that was pulled out ends the list", function()
  local mc = bmc "twin"
  mc.chassis:mc(0x72):pull_out()
  local r = mc:freeipmi("ipmi-sensors", "--quiet-cache --bridge-sensors", { privilege = "operator" })
  r:fails("ipmi_sensor_read: internal IPMI error")
  r:says("| Chassis Fan 4 ")
  trace:expect { "Send Message", link = "lan", answer = true, cc = 0x83 }
end)
