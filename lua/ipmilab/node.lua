-- node.lua - controllers that are functions: nodes on a chassis' bus whose
-- requests a scenario answers.

local use, core = ...
local bus = use "bus"
local bytes = use "bytes"
local console = use "console"
local hook = use "hook"
local lab = use "lab"
local suite = use "suite"
local task = use "task"

---@class ipmilab.Node a controller that is functions
---@field chassis ipmilab.Chassis
---@field address integer
local Node = {}
Node.__index = Node
Node.__name = "controller"
Node.__tostring = function(n) return ("controller %02Xh"):format(n.address) end

local function key_of(netfn, cmd)
  return netfn << 8 | cmd
end

-- "06 01", or {netfn, cmd}, as a key.
local function read_key(key)
  if type(key) == "string" then
    local octets = bytes.hex(key)
    if #octets == 2 then return key_of(octets:byte(1, 2)) end
  end
  error(("controller(): found the command %s; expected netfn and cmd in hexadecimal, such as "
    .. "\"06 01\", or \"otherwise\""):format(use("sandbox").tostring(key)), 0)
end

local function read_commands(list)
  local fns, otherwise = {}, nil
  for key, fn in use("sandbox").pairs(list) do
    if type(fn) ~= "function" then
      error(("controller(): what answers %s is a %s; expected a function"):format(
        tostring(key), type(fn)), 0)
    end
    if key == "otherwise" then otherwise = fn else fns[read_key(key)] = fn end
  end
  return fns, otherwise
end

-- Put one on the n-th bus of a chassis.
local function make(chassis, address, commands, n)
  suite.acting()
  hook.open()
  local node = setmetatable({ chassis = chassis, address = address }, Node)
  node.fns, node.otherwise = read_commands(commands or {})
  node.id = core.node_add(chassis.unit, address, function(request)
    local fn = node.fns[key_of(request.netfn, request.cmd)] or node.otherwise
    if not fn then return 0xc1 end
    return fn(request)
  end, n)
  return node
end

--- Put a controller on this chassis' first bus whose requests functions
--- answer. Each is given a request, and answers as that of command() does;
--- what has none is answered C1h, invalid command.
--- ```lua
--- local bmc = bmc "twin"
--- bmc.chassis:controller(0x82, {
---   ["06 01"] = function() return 0x00, hex "22 01 01 00 02 00 39 30 00 01 00" end,
---   otherwise = function(request) return 0xc1 end,
--- })
--- -- Send Message on channel 0, with tracking: Get Device ID to 82h.
--- local session = bmc:connect()
--- expect_cc(session:cmd(0x06, 0x34, hex "40 82 18 66 20 04 01 db"))
--- ```
---@param address integer slave address, even
---@param commands? table functions by netfn and cmd in hexadecimal: ["06 01"]; otherwise for the rest
---@return ipmilab.Node
function lab.Chassis:controller(address, commands)
  return make(self, address, commands, 0)
end

--- The same on another bus of the chassis.
---@param address integer slave address, even
---@param commands? table
---@return ipmilab.Node
function bus.Bus:controller(address, commands)
  return make(self.chassis, address, commands, self.n)
end

local function id_of(node)
  return node.id or error(("%s was removed"):format(tostring(node)), 0)
end

--- Have a function answer one more command, or another one answer it.
---@param netfn integer even
---@param cmd integer
---@param fn fun(request: ipmilab.Request): integer|ipmilab.Later|nil, string|integer[]|nil
function Node:command(netfn, cmd, fn)
  id_of(self)
  if type(fn) ~= "function" then error("command(): expected netfn, cmd and a function", 0) end
  self.fns[key_of(netfn, cmd)] = fn
end

-- How the wire treated a request, by the completion code that stands for it.
local ends = { [0x81] = "lost arbitration", [0x82] = "bus error", [0x83] = "not acknowledged",
               [0xc3] = "timed out" }

local ask_known = { lun = true, broadcast = true, resends = true }

local function ask_options(o)
  if type(o) ~= "table" then return { lun = o } end
  for key in use("sandbox").pairs(o) do
    if not ask_known[key] then
      error(("ask(): there is no option %q; there are broadcast, lun, resends"):format(
        tostring(key)), 0)
    end
  end
  return o
end

--- Ask another controller over the bus. The reply's field ended says how it
--- went: "answered", "timed out", "not acknowledged", "lost arbitration", "bus
--- error".
--- No answer is a reply, too: timed_out.
---@param target integer slave address
---@param netfn integer even
---@param cmd integer
---@param data? string|integer[]|integer
---@param options? integer|table a LUN; or lun, broadcast (Get Device ID to whom it may be), resends (3 unless said)
---@return ipmilab.Reply
function Node:ask(target, netfn, cmd, data, options)
  local o = ask_options(options)
  local vain, code, octets = task.await(core.node_ask(id_of(self), target, netfn, cmd,
    bytes.of(data), o.lun, o.broadcast, o.resends))
  local reply = console.reply_of(vain, code, octets)
  reply.ended = vain and ends[code] or "answered"
  return reply
end

--- Put a frame on the bus as it is, and wait until the wire is done with it. Gives
--- "sent", "not acknowledged", "lost arbitration" or "bus error".
---@param frame string|integer[] from the slave address to the last checksum
---@return string
function Node:send(frame)
  local vain, code = task.await(core.node_send(id_of(self), bytes.of(frame)))
  return vain and ends[code] or "sent"
end

--- Take it off the bus: nobody answers at its address.
function Node:pull_out() core.node_plug(id_of(self), false) end

--- Put it back on the bus.
function Node:put_back() core.node_plug(id_of(self), true) end

--- Take it off the bus for good.
function Node:remove()
  core.node_remove(id_of(self))
  self.id = nil
end

return { api = {}, Node = Node }
