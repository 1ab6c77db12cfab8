-- time.lua - lab time for scenarios.

local use, core = ...
local span = use "span"
local task = use "task"
local suite = use "suite"

local api = {}

--- Let lab time pass.
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
---@param fn fun()
function api.spawn(fn)
  suite.acting()
  task.spawn(fn)
end

--- Wait until a predicate gives something true; gives that.
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

--- The octets of text in hexadecimal: hex "20 18 c8".
api.hex = use("bytes").hex

return { api = api }
