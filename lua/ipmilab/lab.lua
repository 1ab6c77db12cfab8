-- lab.lua - chassis and controllers for scenarios.

local use, core = ...
local suite = use "suite"
local bytes = use "bytes"
local console = use "console"
local task = use "task"

local api = {}

---@class ipmilab.Chassis a chassis of the lab
---@field unit integer its number in the lab, from 0
---@field bmc ipmilab.Mc its BMC
---@field host ipmilab.Host the computer that it manages
local Chassis = {}
Chassis.__index = Chassis
Chassis.__name = "chassis"

---@class ipmilab.Mc: ipmilab.Commands, ipmilab.Client a management controller; bmc() gives a BMC
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
--- An error when nobody is there.
--- ```lua
--- local chassis = bmc("twin").chassis
--- expect_match(chassis:mc(0x72):sensor(1).name, "^A ")
--- ```
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

-- A machine by name or path, or described in the scenario itself.
local function load_machine(machine)
  if type(machine) ~= "table" then return core.machine(machine, suite.path) end
  for key in use("sandbox").pairs(machine) do
    if key ~= "name" and key ~= "emu" and key ~= "conf" then
      error(("bmc(): there is no %q; a machine has name, emu, conf"):format(tostring(key)), 0)
    end
  end
  return core.machine_text(machine.name or "machine", machine.emu, machine.conf)
end

local function chassis_of(machine, index)
  suite.acting()
  return M.chassis_of_unit(core.add(load_machine(machine), index))
end

local made = {}      -- machine -> how many of it there are

--- Put a machine into the lab and give its BMC.
--- An error when there is no such machine, or its file is wrong: with file and
--- line.
--- ```lua
--- local first, second = bmc "server-1u", bmc "server-1u"
--- expect_ne(first:system_guid(), second:system_guid())
--- ```
---@param machine string|table the name of a shipped machine, or the path of an .emu file; or a machine's own text: emu, conf, name
---@return ipmilab.Mc
function api.bmc(machine)
  local name = type(machine) == "table" and (machine.name or "machine") or machine
  local index = made[name] or 0
  local chassis = chassis_of(machine, index)
  made[name] = index + 1
  return chassis.bmc
end

--- Open a session with this BMC: RMCP+ with suite 3 as ADMIN unless said.
--- The test fails when it does not open.
--- ```lua
--- local bmc = bmc "server-1u"
--- local session = bmc:connect { lan15 = "md5", privilege = "user" }
--- expect_cc(session:cmd(0x00, 0x02, { 0 }), 0xd4, "a user may not switch it off")
--- session:close()
--- ```
---@param options? ipmilab.ConnectOptions
---@return ipmilab.Console
function Mc:connect(options)
  return self:console(options):open()
end

--- A console before this BMC, not open yet.
---@param options? table as of connect()
---@return ipmilab.Console
function Mc:console(options)
  return console.new(self.chassis.unit, options and options.lan or 0, options)
end

--- Ask this controller in-band, as its host's software does: no session, no
--- network, the highest privilege unless said.
--- Any completion code is a reply, and no error; so is no answer: timed_out.
--- ```lua
--- local reply = bmc("server-1u"):cmd(0x04, 0x2d, { 0x01 })    -- Get Sensor Reading
--- expect_cc(reply)
--- print(("raw reading %d"):format(reply[1]))
--- ```
---@param netfn integer even
---@param cmd integer
---@param data? string|integer[]|integer octets
---@param options? { lun?: integer, privilege?: integer } LUN 0 and the highest privilege unless said
---@return ipmilab.Reply
function Mc:cmd(netfn, cmd, data, options)
  suite.acting()
  options = options or {}
  return console.reply_of(task.await(core.mc_ask(
    self.chassis.unit, self.address, netfn, cmd, bytes.of(data), options.lun, options.privilege)))
end

return M
