-- hook.lua - functions of a scenario that answer commands of a controller.

local use, core = ...
local bytes = use "bytes"
local blame = use "blame"
local codes = use "codes"
local console = use "console"
local span = use "span"
local suite = use "suite"
local task = use "task"
local lab = use "lab"

local M = {}
local api = {}

local math_type, getmetatable = math.type, getmetatable
local SILENT, LATER = 0x101, 0x100      -- not on the wire: sim/wire/codes.h

---@class ipmilab.Request a request, as the function of a command is given it
---@field netfn integer
---@field cmd integer
---@field lun integer
---@field data string octets after the command, and after a group or manufacturer
---@field privilege integer of the asker: 1 callback to 4 admin, 14 in-band
---@field channel integer by which it came
---@field user integer id of the session's user, 0 none
---@field session integer id of the session, 0 none
---@field from integer? slave address of the asker, on the IPMB
---@field original fun(data?: string|integer[]): ipmilab.Reply what would have answered without this function
local Request = {}

-- Its octets by number, and original: in C, for both are on the packet's path.
Request.__index = core.hook_index

---@class ipmilab.Later an answer that comes later
local Later = {}
Later.__name = "later"

-- Whose mistake it is when a function gives what is no answer.
local function mistaken(fn, message)
  local info = debug.getinfo(fn, "S")
  error({ raised = message, where = info.source:sub(2) .. ":" .. info.linedefined, trace = "" }, 0)
end

local function octets_of(fn, data)
  local ok, octets = pcall(bytes.of, data)
  if not ok then mistaken(fn, octets) end
  return octets
end

-- What a function gave that is no plain answer, for the primitive: code,
-- octets, span of a later one.
local function answer_of(fn, cc, data)
  if cc == nil then return SILENT end
  if type(cc) == "table" then
    if getmetatable(cc) == Later then return cc.cc, cc.data, cc.span end
    if cc.timed_out then return cc.later and LATER or SILENT end
    cc, data = cc.cc, data or cc.data
  end
  if math_type(cc) ~= "integer" or cc < 0 or cc > 255 then
    mistaken(fn, ("a command's function gave %s; expected a completion code, 0 to 255, with or "
      .. "without data, a reply, later(), or nothing"):format(use("sandbox").tostring(cc)))
  end
  if data == nil then return cc end
  return cc, type(data) == "string" and data or octets_of(fn, data)
end

-- An error of a function, as task.lua makes those of tasks.
local function handler(raised)
  if type(raised) == "table" and raised.raised ~= nil then return raised end
  local where = blame.where()
  if not where then
    -- The library was called last of all: its line is no more.
    local info = debug.getinfo(core.hook_function(), "S")
    where = info.source:sub(2) .. ":" .. info.linedefined
  end
  return { raised = raised, where = where, trace = debug.traceback() }
end

local opened

-- Functions of commands may run from now on; their errors end the test.
function M.open()
  if opened then return end
  opened = true
  core.hook_open(Request, console.Reply, bytes.of, answer_of, handler)
  task.after_step(function()
    local e = core.hook_error()
    if e then error(e, 0) end
  end)
end

--- An answer that comes later: return it from a command's function.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:command(0x06, 0x01, function(request) return later("300ms", request.original()) end)
--- bmc:device_id()
--- expect_eq(now(), 0.3)
--- ```
---@param time number|string after now
---@param cc? integer completion code, 00h unless said
---@param data? string|integer[]
---@return ipmilab.Later
function api.later(time, cc, data)
  if type(cc) == "table" and cc.cc then cc, data = cc.cc, cc.data end
  if cc ~= nil and (math.type(cc) ~= "integer" or cc < 0 or cc > 255) then
    error(("later(): found %s; expected a completion code, 0 to 255"):format(tostring(cc)), 0)
  end
  return setmetatable({ span = span.ns(time), cc = cc or 0, data = bytes.of(data) }, Later)
end

---@class ipmilab.CommandOptions who may ask a command, and with how many octets
---@field privilege? string|integer "none", "user", "operator", "admin"; as before, or user, unless said
---@field length? integer octets of the request's data, exactly
---@field length_min? integer or at least
---@field length_max? integer and at most
---@field group? integer the group, of network function 2Ch
---@field iana? integer the manufacturer, of network function 2Eh

---@class ipmilab.AnswerOptions how a command is answered instead, and how often
---@field cc? integer completion code
---@field data? string|integer[] octets after it
---@field after? number|string so late
---@field silent? boolean not at all
---@field times? integer so often at most
---@field every? integer each so manieth time
---@field skip? integer so many first requests are left alone
---@field probability? number 0 to 1, by the lab's chance
---@field group? integer the group, of network function 2Ch
---@field iana? integer the manufacturer, of network function 2Eh

---@class ipmilab.Hook a function that answers a command
---@field asked? fun(): integer of answer(): how often the command came
---@field struck? fun(): integer of answer(): how often it was answered otherwise
local Hook = {}
Hook.__index = Hook
Hook.__name = "command"

--- Take the function away; what was there before answers again.
--- An error when it was removed already, or answers right now.
function Hook:remove()
  if self.removed then error("this function was removed already", 0) end
  self.removed = true
  if self.chassis then self.chassis.hooks[self] = nil end
  for _, id in ipairs(self.ids) do core.hook_remove(id) end
end

local options_known = { iana = true, group = true, privilege = true, length = true,
                        length_min = true, length_max = true }

local function check_options(options)
  for key in use("sandbox").pairs(options) do
    if not options_known[key] then
      error(("command(): there is no option %q; there are group, iana, length, length_max, "
        .. "length_min, privilege"):format(tostring(key)), 0)
    end
  end
end

local function install(mc, netfn, cmd, options, fn)
  local privilege = options.privilege and codes.privileges[options.privilege] or options.privilege
  if privilege == "none" then privilege = 0 end
  return core.hook_add(mc.chassis.unit, mc.address, netfn, cmd, options.group or options.iana,
                       privilege, options.length or options.length_min,
                       options.length or options.length_max, fn)
end

local function arguments(options, fn)
  if type(options) == "function" then options, fn = fn or {}, options end
  if type(fn) ~= "function" or type(options) ~= "table" then
    error("command(): expected netfn, cmd, options if any, and a function", 0)
  end
  check_options(options)
  return options, fn
end

--- Have a function answer a command: a new one, or instead of what answers it
--- now, which request.original() still gives. It gives a completion code, one
--- and data, a reply, later(), or nothing: no answer. It runs at once, from
--- within the lab, and cannot wait; spawn() a task for that.
--- An error in the function ends the test, with its line; the asker gets FFh.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:command(0x30, 0x21, { privilege = "user", length = 1 }, function(request)
---   return 0x00, { request[1] ~ 0xff }
--- end)
--- expect_eq(bmc:connect():cmd(0x30, 0x21, { 0x0f })[1], 0xf0)
--- ```
---@param netfn integer even
---@param cmd integer
---@param options? ipmilab.CommandOptions may be left out: command(netfn, cmd, fn)
---@param fn fun(request: ipmilab.Request): integer|ipmilab.Reply|ipmilab.Later|nil, string|integer[]|nil
---@return ipmilab.Hook
function lab.Mc:command(netfn, cmd, options, fn)
  suite.acting()
  options, fn = arguments(options, fn)
  M.open()
  return setmetatable({ ids = { install(self, netfn, cmd, options, fn) } }, Hook)
end

--- Have a function answer a command at all controllers of the chassis, those
--- put in later by insert() included.
---@param netfn integer even
---@param cmd integer
---@param options? ipmilab.CommandOptions may be left out
---@param fn fun(request: ipmilab.Request): integer|ipmilab.Reply|ipmilab.Later|nil, string|integer[]|nil
---@return ipmilab.Hook
function lab.Chassis:command(netfn, cmd, options, fn)
  suite.acting()
  options, fn = arguments(options, fn)
  M.open()
  local hook = setmetatable({ ids = {}, chassis = self }, Hook)
  hook.add = function(mc) hook.ids[#hook.ids + 1] = install(mc, netfn, cmd, options, fn) end
  for _, mc in ipairs(self:mcs()) do hook.add(mc) end
  self.hooks = self.hooks or {}
  self.hooks[#self.hooks + 1] = hook
  return hook
end

-- A controller was put into a chassis: it gets the functions that all have.
function M.inserted(chassis, mc)
  for _, hook in ipairs(chassis.hooks or {}) do
    if not hook.removed then hook.add(mc) end
  end
end

local answer_known = { group = true, iana = true, cc = true, data = true, times = true, every = true, after = true,
                       silent = true, probability = true, skip = true }

local function check_answer(how)
  for key in use("sandbox").pairs(how) do
    if not answer_known[key] then
      error(("answer(): there is no option %q; there are after, cc, data, every, group, iana, "
        .. "probability, silent, skip, times"):format(tostring(key)), 0)
    end
  end
  if how.silent and (how.cc or how.data or how.after) then
    error("answer(): silent is no answer at all; it goes with no cc, data or after", 0)
  end
  if not (how.silent or how.cc or how.data or how.after) then
    error("answer(): expected cc, data, after or silent", 0)
  end
  for _, key in ipairs { "times", "every", "skip" } do
    if how[key] ~= nil and (math.type(how[key]) ~= "integer" or how[key] < 0) then
      error(("answer(): %s: found %s; expected a whole number"):format(key, tostring(how[key])), 0)
    end
  end
  api.later(how.after or 0, how.cc, how.data)
end

-- Does the n-th request get the other answer? So many were struck before.
local function strikes(how, n, struck)
  if how.skip and n <= how.skip then return false end
  if how.times and struck >= how.times then return false end
  if how.every and (n - (how.skip or 0)) % how.every ~= 0 then return false end
  return not how.probability or core.chance(1000000) < how.probability * 1000000
end

local function other_answer(request, how)
  if how.silent then return nil end
  local cc, data = how.cc, how.data
  if not cc and not data then
    local reply = request.original()
    if reply.timed_out then return reply end
    cc, data = reply.cc, reply.data
  end
  if how.after then return api.later(how.after, cc, data) end
  return cc or 0, data
end

--- Answer a command otherwise than it would be: with a completion code, with
--- data, after a span, or not at all; always, or some times.
--- ```lua
--- local bmc = bmc "server-1u"
--- local busy = bmc:answer(0x06, 0x01, { cc = 0xc0, times = 2 })
--- expect_cc(bmc:cmd(0x06, 0x01), 0xc0)
--- expect_cc(bmc:cmd(0x06, 0x01), 0xc0)
--- expect_cc(bmc:cmd(0x06, 0x01), 0x00)
--- expect_eq(busy.struck(), 2)
--- ```
---@param netfn integer even
---@param cmd integer
---@param how ipmilab.AnswerOptions
---@return ipmilab.Hook
function lab.Mc:answer(netfn, cmd, how)
  check_answer(how)
  local asked, struck = 0, 0
  local hook = self:command(netfn, cmd, { group = how.group, iana = how.iana }, function(request)
    asked = asked + 1
    if not strikes(how, asked, struck) then return request.original() end
    struck = struck + 1
    return other_answer(request, how)
  end)
  hook.asked = function() return asked end
  hook.struck = function() return struck end
  return hook
end

M.api = api
return M
