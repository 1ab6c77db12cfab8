-- on.lua - functions of a scenario that are told what happens in the lab.
--
-- What happens is queued by the lab, and told after the step in which it
-- happened, to each listener in a task of its own, in the order in which they
-- began to listen.

local use, core = ...
local hook = use "hook"
local lab = use "lab"
local suite = use "suite"
local task = use "task"

local api = {}
local listeners = {}
local polled

---@class ipmilab.Event what happened
---@field event string "power", "boot", "session", "sel", "watchdog", "reset", "command"
---@field what string power: on, off, reset, nmi, soft shutdown; boot: post, boot device, booted, stopped, crashed, silent; session: opened, closed, refused; sel: added; watchdog: expired, pretimeout; reset: cold, warm, started; command: asked, answered
---@field at number seconds since the lab began
---@field chassis ipmilab.Chassis
---@field mc ipmilab.Mc? the controller; power and boot are the chassis' host's
---@field why string? of a session that was refused, or closed
---@field record string? of the SEL: 16 octets
---@field code integer? firmware's POST code
---@field netfn integer? and cmd, lun, data, channel, user, session, privilege, of a command; cc and reply, once answered
local Event = {}
Event.__index = Event
Event.__name = "event"
Event.__tostring = function(e)
  return ("%s %s%s"):format(e.event, e.what, e.why and (" (%s)"):format(e.why) or "")
end

local function dress(event)
  event.at = event.instant / 1e9
  event.chassis = lab.chassis_of_unit(event.unit)
  if event.address then event.mc = lab.mc_at(event.chassis, event.address) end
  return setmetatable(event, Event)
end

local function means(listener, event)
  if listener.event ~= event.event then return false end
  if listener.unit and listener.unit ~= event.unit then return false end
  if listener.address and listener.address ~= event.address then return false end
  for key, value in next, listener.filter do
    if event[key] ~= value then return false end
  end
  return true
end

local function tell_all()
  while true do
    local event = core.happening()
    if not event then return end
    dress(event)
    for _, listener in ipairs(listeners) do
      if not listener.removed and means(listener, event) then
        task.spawn(listener.fn, event)
      end
    end
  end
end

---@class ipmilab.Listener
local Listener = {}
Listener.__index = Listener
Listener.__name = "listener"

--- Listen no more.
--- An error when it was removed already.
function Listener:remove()
  if self.removed then error("this listener was removed already", 0) end
  self.removed = true
  for i, listener in ipairs(listeners) do
    if listener == self then table.remove(listeners, i) end
  end
end

local function check_event(event)
  local kinds = core.watch_kinds()
  for _, kind in ipairs(kinds) do
    if kind == event then return end
  end
  error(("on(%q): there is no such event; there are %s"):format(tostring(event),
    table.concat(kinds, ", ")), 0)
end

local function listen(event, filter, fn, unit, address)
  suite.acting()
  if type(filter) == "function" then filter, fn = {}, filter end
  if type(filter) == "string" then filter = { what = filter } end
  if type(fn) ~= "function" or type(filter) ~= "table" then
    error("on(): expected an event, a filter if any, and a function", 0)
  end
  check_event(event)
  hook.open()
  core.watch_kind(event)
  if not polled then
    polled = true
    task.after_step(tell_all)
  end
  local listener = setmetatable({ event = event, filter = filter, fn = fn, unit = unit,
                                  address = address }, Listener)
  listeners[#listeners + 1] = listener
  return listener
end

--- Be told what happens anywhere in the lab. The function runs as a task of
--- its own after the step in which it happened; it may sleep and ask.
--- ```lua
--- local bmc = bmc "server-1u"
--- local seen
--- on("power", "off", function(event) seen = event.at end)
--- sleep(5)
--- bmc.chassis.host:power "off"
--- sleep(1)
--- expect_near(seen, 5, 1)
--- ```
---@param event string "power", "boot", "session", "sel", "watchdog", "reset", "command"
---@param filter? string|table what happens; or fields that the event must have
---@param fn fun(event: ipmilab.Event)
---@return ipmilab.Listener
function api.on(event, filter, fn) return listen(event, filter, fn) end

--- Be told what happens in this chassis.
---@param event string as of on()
---@param filter? string|table
---@param fn fun(event: ipmilab.Event)
---@return ipmilab.Listener
function lab.Chassis:on(event, filter, fn) return listen(event, filter, fn, self.unit) end

--- Be told what happens to this controller; the BMC's host is its own.
---@param event string as of on()
---@param filter? string|table
---@param fn fun(event: ipmilab.Event)
---@return ipmilab.Listener
function lab.Mc:on(event, filter, fn)
  local of_host = event == "power" or event == "boot"
  return listen(event, filter, fn, self.chassis.unit, not of_host and self.address or nil)
end

return { api = api }
