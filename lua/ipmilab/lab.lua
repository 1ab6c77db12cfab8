-- lab.lua - chassis and controllers for scenarios.

local use, core = ...
local suite = use "suite"
local bytes = use "bytes"
local console = use "console"
local task = use "task"

local api = {}

---@class ipmilab.Chassis a chassis of the lab
---@field unit integer its number in the lab
local Chassis = {}
Chassis.__index = Chassis
Chassis.__name = "chassis"

---@class ipmilab.Mc a management controller
---@field chassis ipmilab.Chassis
---@field address integer slave address
local Mc = {}
Mc.__index = Mc
Mc.__tostring = function(mc) return ("mc %02Xh"):format(mc.address) end
Mc.__eq = function(a, b) return a.address == b.address and a.chassis == b.chassis end

local M = { api = api, Mc = Mc, Chassis = Chassis }

local units = {}     -- number in the lab -> chassis

-- The chassis of a number in the lab: always the same table.
function M.chassis_of_unit(unit)
  local chassis = units[unit]
  if not chassis then
    chassis = setmetatable({ unit = unit }, Chassis)
    units[unit] = chassis
    chassis.bmc = chassis:mc(core.chassis(unit).bmc)
  end
  return chassis
end

-- The controller of an address, there or not any more.
function M.mc_at(chassis, address)
  return setmetatable({ chassis = chassis, address = address }, Mc)
end

--- The controller at a slave address.
---@param address integer
---@return ipmilab.Mc
function Chassis:mc(address)
  for _, there in ipairs(core.chassis(self.unit).controllers) do
    if there == address then return M.mc_at(self, address) end
  end
  error(("there is no controller at %02Xh in this chassis"):format(address), 0)
end

--- All controllers that are there, the BMC among them.
---@return ipmilab.Mc[]
function Chassis:mcs()
  local list = {}
  for i, address in ipairs(core.chassis(self.unit).controllers) do
    list[i] = M.mc_at(self, address)
  end
  return list
end

local function chassis_of(machine, index)
  suite.acting()
  return M.chassis_of_unit(core.add(core.machine(machine, suite.path), index))
end

local made = {}      -- machine -> how many of it there are

--- Put a machine into the lab and give its BMC.
---@param machine string the name of a shipped machine, or the path of an .emu file
---@return ipmilab.Mc
function api.bmc(machine)
  local index = made[machine] or 0
  local chassis = chassis_of(machine, index)
  made[machine] = index + 1
  return chassis.bmc
end

--- Open a session with this BMC: RMCP+ with suite 3 as ADMIN unless said.
---@param options? table user, password, suite, lan15 ("md5", ...), privilege, kg, timeout, retries
---@return ipmilab.Console
function Mc:connect(options)
  return self:console(options):open()
end

--- A console before this BMC, not open yet.
---@param options? table as of connect()
---@return ipmilab.Console
function Mc:console(options)
  return console.Console.new(self.chassis.unit, options and options.lan or 0, options)
end

--- Ask this controller in-band, as its host's software does: no session, no
--- network, the highest privilege unless said.
---@param netfn integer even
---@param cmd integer
---@param data? string|integer[]|integer octets
---@param options? table lun, privilege
---@return ipmilab.Reply
function Mc:cmd(netfn, cmd, data, options)
  suite.acting()
  options = options or {}
  return console.reply_of(task.await(core.mc_ask(
    self.chassis.unit, self.address, netfn, cmd, bytes.of(data), options.lun, options.privilege)))
end

return M
