-- host.lua - the computer that a chassis manages, from its own side.

local use, core = ...
local lab = use "lab"
local suite = use "suite"
local task = use "task"
local span = use "span"

---@class ipmilab.Host the managed computer
---@field chassis ipmilab.Chassis
local Host = {}
Host.__index = Host
Host.__name = "host"

-- The host of a chassis: chassis.host, and that of its BMC.
local of_chassis = lab.Chassis.__index
lab.Chassis.__index = function(chassis, key)
  if key ~= "host" then return of_chassis[key] end
  chassis.host = setmetatable({ chassis = chassis }, Host)
  return chassis.host
end

local function facts(host) return core.host_facts(host.chassis.unit) end

--- Switch it, as a button does that is named as the cause, or as somebody at its
--- plug: "on", "off", "cycle", "reset", "diag", "soft". Gives false when its state
--- does not allow it, or that button is disabled.
--- ```lua
--- local host = bmc("server-1u").chassis.host
--- host:power("off", "power button")
--- host:wait("off", "10s")
--- ```
---@param what string
---@param cause? string "power button", "reset button", or "unknown"
---@return boolean
function Host:power(what, cause)
  suite.acting()
  return core.host_power(self.chassis.unit, what, cause)
end

--- Press a button of its front panel: "power" (a soft shutdown where it is on),
--- "reset", "diag", "standby". Gives false when that button is disabled or locked
--- (Set Front Panel Button Enables; the boot flags), or it cannot.
--- ```lua
--- local host = bmc("server-1u").chassis.host
--- host:press "power"
--- host:wait("off", "10s")
--- ```
---@param button string
---@return boolean
function Host:press(button)
  suite.acting()
  return core.host_press(self.chassis.unit, button)
end

--- Its power: "off", "on", "turning on", "turning off", "shutting down", "cycling".
---@return string
function Host:state() return facts(self).state end

--- Is power good?
---@return boolean
function Host:is_on() return facts(self).power end

--- What runs on it: "nothing", "post", "setup", "os", "stopping", "stopped".
---@return string
function Host:stage() return facts(self).stage end

--- The step that firmware is at, or was last; and words for it.
---@return integer code
---@return string words
function Host:post_code()
  local f = facts(self)
  return f.post_code, f.post_text
end

--- Wait until it is in a state, or at a stage: "on", "os", ...
--- The test fails when it does not come to that in time.
---@param what string
---@param timeout? number|string 60 seconds unless said
function Host:wait(what, timeout)
  local limit = span.ns(timeout or 60)
  local reached = task.watch(function()
    local f = facts(self)
    return f.state == what or f.stage == what
  end, core.now() + limit)
  if not reached then
    local f = facts(self)
    suite.fail(("the host comes to %q within %s"):format(what, span.text(limit)), what,
               ("%s, %s"):format(f.state, f.stage))
  end
end

---@class ipmilab.Terminal somebody at the host's serial port
---@field text string all that the host has said so far
local Terminal = {}
Terminal.__index = Terminal
Terminal.__name = "terminal"

local open = {}        -- terminals that are there: the port knows them

--- Sit down at the host's serial port. Serial over LAN finds nobody there
--- meanwhile.
---@return ipmilab.Terminal
function Host:terminal()
  suite.acting()
  local t = setmetatable({ host = self, core = core.terminal_new(self.chassis.unit), text = "" },
                         Terminal)
  open[t] = true
  return t
end

local function handle(t)
  return t.core or error("this terminal was closed", 0)
end

--- What the host has said since the last read().
---@return string
function Terminal:read()
  local said = core.terminal_read(self.host.chassis.unit, handle(self))
  self.text = (self.text .. said):sub(-1048576)
  return said
end

--- Type something; gives how many characters the host took.
---@param keys string
---@return integer
function Terminal:type(keys)
  return core.terminal_type(self.host.chassis.unit, handle(self), keys)
end

--- Send a break.
function Terminal:send_break()
  core.terminal_break(self.host.chassis.unit, handle(self))
end

--- Wait until the host has said what matches a pattern; gives all that it said
--- since this call began.
--- The test fails when that does not come in time.
--- ```lua
--- local host = bmc("server-1u").chassis.host
--- local terminal = host:terminal()
--- host:power "reset"
--- terminal:expect("%S", "60s")
--- terminal:close()
--- ```
---@param pattern string
---@param timeout? number|string 10 seconds unless said
---@return string
function Terminal:expect(pattern, timeout)
  local limit = span.ns(timeout or 10)
  local heard = ""
  local found = task.watch(function()
    heard = heard .. self:read()
    return heard:find(pattern)
  end, core.now() + limit)
  if not found then
    suite.fail(("the host says what matches within %s"):format(span.text(limit)), pattern,
               ("%q"):format(heard:sub(-500)))
  end
  return heard
end

--- Leave.
function Terminal:close()
  core.terminal_close(self.host.chassis.unit, handle(self))
  open[self] = nil
  self.core = nil
end

return { api = {}, Host = Host, Terminal = Terminal }
