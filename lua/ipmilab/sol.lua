-- sol.lua - Serial over LAN from a console's side. IPMI v2.0, 15.

local use, core = ...
local codes = use "codes"
local span = use "span"
local suite = use "suite"
local task = use "task"
local Console = use("console").Console

---@class ipmilab.Sol the host's serial port, over a session
---@field console ipmilab.Console
---@field text string all that the host has said so far
local Sol = {}
Sol.__index = Sol
Sol.__name = "sol"

--- Activate Serial over LAN in this session; an error when the BMC does not
--- allow it.
---@param instance? integer 1 unless said
---@return ipmilab.Sol
function Console:sol(instance)
  local sol = self:try_sol(instance)
  local now = sol:info()
  if now.state ~= "active" then
    suite.fail("Serial over LAN is activated", "active", ("%s, %s"):format(now.state, codes.cc(now.cc)))
  end
  return sol
end

--- The same, whatever comes of it: its state() tells.
---@param instance? integer 1 unless said
---@return ipmilab.Sol
function Console:try_sol(instance)
  suite.acting()
  core.sol_begin(self.id, instance or 1)
  task.watch(function() return core.sol_state(self.id).state ~= "activating" end)
  return setmetatable({ console = self, text = "" }, Sol)
end

--- Its state: "active", "refused", "ended", "lost".
---@return string
function Sol:state() return self:info().state end

--- All that is known of it: state, cc (of Activate Payload), status (octet of
--- the latest packet), idle (all that was typed is acknowledged), violation.
---@return table
function Sol:info() return core.sol_state(self.console.id) end

--- What the host has said since the last read().
---@return string
function Sol:read()
  local parts = {}
  repeat
    local some = core.sol_heard(self.console.id)
    parts[#parts + 1] = some
  until some == ""
  local said = table.concat(parts)
  self.text = self.text .. said
  return said
end

--- Type something; waits until the BMC has acknowledged all of it.
---@param keys string
---@param timeout? number|string 60 seconds unless said
function Sol:type(keys, timeout)
  local limit = span.ns(timeout or 60)
  local done = task.watch(function()
    if keys ~= "" then keys = keys:sub(core.sol_type(self.console.id, keys) + 1) end
    local now = self:info()
    return now.state ~= "active" and "over" or (keys == "" and now.idle and "taken")
  end, core.now() + limit)
  if done ~= "taken" then
    suite.fail(("what is typed is acknowledged within %s"):format(span.text(limit)), "it is",
               self:state())
  end
end

--- Wait until the host has said what matches a pattern; gives all that it said
--- since this call began.
---@param pattern string
---@param timeout? number|string 10 seconds unless said
---@return string
function Sol:expect(pattern, timeout)
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

--- Take no more than so many characters of each packet from now on: 0 refuses
--- them all, nil takes them all again.
---@param count? integer
function Sol:accept(count) core.sol_accept(self.console.id, count) end

local operations = { ring = 0x20, ["break"] = 0x10, pause = 0x08, ["hang up"] = 0x04,
                     ["flush inbound"] = 0x02, ["flush outbound"] = 0x01, none = 0 }

--- Send an operation: "break", "ring", "pause" and "hang up" (until "none"),
--- "flush inbound", "flush outbound".
---@param what string
function Sol:operate(what)
  local bits = operations[what] or error(("there is no operation %q"):format(tostring(what)), 0)
  core.sol_operate(self.console.id, bits)
end

--- Deactivate it.
function Sol:close() core.sol_end(self.console.id) end

return { api = {}, Sol = Sol }
