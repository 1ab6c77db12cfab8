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

---@class ipmilab.Mc a management controller
---@field chassis ipmilab.Chassis
---@field address integer slave address
local Mc = {}
Mc.__index = Mc
Mc.__tostring = function(mc) return ("mc %02Xh"):format(mc.address) end

--- The controller at a slave address.
---@param address integer
---@return ipmilab.Mc
function Chassis:mc(address)
  for _, there in ipairs(core.chassis(self.unit).controllers) do
    if there == address then
      return setmetatable({ chassis = self, address = address }, Mc)
    end
  end
  error(("there is no controller at %02Xh in this chassis"):format(address), 0)
end

local function chassis_of(machine, index)
  suite.acting()
  local unit = core.add(core.machine(machine, suite.path), index)
  local chassis = setmetatable({ unit = unit }, Chassis)
  chassis.bmc = chassis:mc(core.chassis(unit).bmc)
  return chassis
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

return { api = api, Mc = Mc, Chassis = Chassis }
