-- time.lua - lab time for scenarios.

local use, core = ...
local span = use "span"
local task = use "task"
local suite = use "suite"

local api = {}

--- Let lab time pass.
--- ```lua
--- sleep "1h 30m"
--- expect_eq(now(), 5400)
--- ```
---@param time number|string seconds, or text such as "250ms"
function api.sleep(time)
  suite.acting()
  task.sleep_until(core.now() + span.ns(time))
end

--- The seconds since the lab began.
---@return number
function api.now()
  return core.now() / 1e9
end

--- Run a function at an instant of the lab, as a task of its own.
--- ```lua
--- local bmc = bmc "server-1u"
--- at("10s", function() bmc.chassis.host:power "off" end)
--- sleep(60)
--- expect_eq(bmc.chassis.host:is_on(), false)
--- ```
---@param time number|string after the lab began
---@param fn fun()
function api.at(time, fn)
  suite.acting()
  local at = span.ns(time)
  task.spawn(function()
    task.sleep_until(at)
    fn()
  end)
end

--- Run a function again and again, as a task of its own. It returns false to
--- end that.
--- ```lua
--- local bmc = bmc "server-1u"
--- local readings = {}
--- every("1s", function()
---   readings[#readings + 1] = bmc:sensor("Inlet Temp"):value()
---   return #readings < 5
--- end)
--- sleep(10)
--- expect_eq(#readings, 5)
--- ```
---@param time number|string between two runs
---@param fn fun(): boolean?
function api.every(time, fn)
  suite.acting()
  local step, at = span.ns(time), core.now()
  if step == 0 then error("every(): a span of 0 would never end", 0) end
  task.spawn(function()
    repeat
      at = at + step
      task.sleep_until(at)
    until fn() == false
  end)
end

--- Run a function beside the test, as a task of its own.
--- ```lua
--- local bmc = bmc "server-1u"
--- local logins = 0
--- for _ = 1, 4 do
---   spawn(function()
---     bmc:connect()
---     logins = logins + 1
---   end)
--- end
--- wait_until(function() return logins == 4 end, "5s", "four log-ins side by side")
--- ```
---@param fn fun()
function api.spawn(fn)
  suite.acting()
  task.spawn(fn)
end

--- Wait until a predicate gives something true; gives that.
--- The test fails when that does not come true in time.
--- ```lua
--- local bmc = bmc "server-1u"
--- local before = bmc:sel_info().entries
--- bmc:sensor("Inlet Temp"):set(60)
--- wait_until(function() return bmc:sel_info().entries > before end, "10s", "an entry in the log")
--- ```
---@param predicate fun(): any
---@param timeout? number|string 10 seconds unless said
---@param what? string for the failure: what was waited for
---@return any
function api.wait_until(predicate, timeout, what)
  suite.acting()
  local limit = span.ns(timeout or 10)
  local value = task.watch(predicate, core.now() + limit)
  if not value then
    suite.fail(("within %s: %s"):format(span.text(limit), what or "what was waited for"),
               "it happens", "it did not")
  end
  return value
end

--- The octets of text in hexadecimal: hex "20 18 c8". Blanks, commas and colons
--- between octets are skipped; anything else is an error.
--- ```lua
--- local reply = bmc("server-1u"):cmd(0x0a, 0x43, hex "00 00 00 00 00 FF")
--- expect_cc(reply)
--- ```
---@param text string
---@return string
api.hex = use("bytes").hex

return { api = api }
