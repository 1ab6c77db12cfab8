-- sensor.lua - a controller's sensors, from their own side.

local use, core = ...
local span = use "span"
local suite = use "suite"
local task = use "task"
local Mc = use("lab").Mc

---@class ipmilab.Sensor
---@field mc ipmilab.Mc
---@field lun integer
---@field number integer
---@field name string? as its record says
---@field type integer sensor type code
local Sensor = {}
Sensor.__index = Sensor
Sensor.__tostring = function(s)
  return ("sensor %02Xh%s"):format(s.number, s.name and (" %q"):format(s.name) or "")
end

local function place(sensor)
  return sensor.mc.chassis.unit, sensor.mc.address, sensor.lun, sensor.number
end

--- All sensors of this controller.
---@return ipmilab.Sensor[]
function Mc:sensors()
  suite.acting()
  local list = core.sensors(self.chassis.unit, self.address)
  for _, sensor in ipairs(list) do
    sensor.mc = self
    setmetatable(sensor, Sensor)
  end
  return list
end

--- The sensor of a name or number.
--- An error when there is none.
---@param which string|integer
---@param lun? integer for a number; 0 unless said
---@return ipmilab.Sensor
function Mc:sensor(which, lun)
  for _, sensor in ipairs(self:sensors()) do
    if sensor.name == which or (sensor.number == which and sensor.lun == (lun or 0)) then
      return sensor
    end
  end
  error(("%s has no sensor %s"):format(tostring(self),
    type(which) == "string" and ("%q"):format(which) or tostring(which)), 0)
end

--- Its value in its own units.
--- An error when it is discrete, or gives none now.
---@return number
function Sensor:value()
  local _, _, value = core.sensor_get(place(self))
  if not value then error(("%s gives no value in units"):format(tostring(self)), 0) end
  return value
end

--- Its raw reading.
---@return integer
function Sensor:raw()
  return (core.sensor_get(place(self)))
end

--- Its states as bits (discrete sensors).
---@return integer
function Sensor:states()
  return (select(2, core.sensor_get(place(self))))
end

--- Set its value in its own units; events follow as on a real sensor.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:sensor("Fan 1A"):set(0)
--- sleep(10)
--- local log = bmc:sel()
--- expect_eq(log[#log].sensor, bmc:sensor("Fan 1A").number)
--- ```
---@param value number
function Sensor:set(value)
  local unit, mc, lun, number = place(self)
  core.sensor_set(unit, mc, lun, number, value, true)
end

--- Set its raw reading.
---@param raw integer
function Sensor:set_raw(raw)
  local unit, mc, lun, number = place(self)
  core.sensor_set(unit, mc, lun, number, raw, false)
end

--- Assert one state of a discrete sensor, or take it back.
--- ```lua
--- local intrusion = bmc("server-1u"):sensor "Intrusion"
--- intrusion:state(0)
--- expect_eq(intrusion:states() & 1, 1)
--- ```
---@param offset integer 0 to 14
---@param on? boolean true unless said
function Sensor:state(offset, on)
  local unit, mc, lun, number = place(self)
  local bit = 1 << offset
  if on == false then core.sensor_bits(unit, mc, lun, number, 0, bit)
  else core.sensor_bits(unit, mc, lun, number, bit, 0) end
end

---@class ipmilab.Sample what a sensor read at an instant
---@field at number seconds since the lab began
---@field reading? integer raw; of a discrete sensor its states; nil: it gave none
---@field value? number the same in its own units, where it has such

--- Keep what this controller's sensors read from now on: so many samples of each,
--- the oldest give way. The description does the same with sensor_history.
---@param samples integer 1 to 86400
---@param period? number|string between two; 10 s unless said
function Mc:keep_history(samples, period)
  core.history_keep(self.chassis.unit, self.address, samples, span.ns(period or 10))
end

--- What it read, the oldest first; empty when no history is kept.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:keep_history(60, "1s")
--- local inlet = bmc:sensor "Inlet Temp"
--- inlet:follow(function(seconds) return 20 + seconds end)
--- sleep(10)
--- local samples = inlet:history()
--- expect_near(samples[#samples].value - samples[1].value, 9, 2)
--- ```
---@return ipmilab.Sample[]
function Sensor:history()
  return core.history(place(self))
end

--- Let its value follow a function of time (seconds since now), as a task of
--- its own.
--- ```lua
--- local inlet = bmc("server-1u"):sensor "Inlet Temp"
--- inlet:follow(function(seconds) return seconds < 60 and 20 + seconds / 2 or nil end, "5s")
--- sleep(30)
--- expect_near(inlet:value(), 35, 3)
--- ```
---@param fn fun(seconds: number): number?
---@param period? number|string 1 s unless said; fn() gives nil to end it
function Sensor:follow(fn, period)
  local from, step = core.now(), span.ns(period or 1)
  task.spawn(function()
    while true do
      local value = fn((core.now() - from) / 1e9)
      if value == nil then return end
      self:set(value)
      task.sleep_until(core.now() + step)
    end
  end)
end

return { api = {}, Sensor = Sensor }
