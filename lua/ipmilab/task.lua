-- task.lua - coroutines in lab time.
--
-- Tasks run one at a time, in the order in which they became ready; time
-- passes only while all of them wait. What wakes them at one instant: first
-- what ended (answers, programs), then sleepers by the instant they asked for
-- and their order, then those that watch, in the order in which they began to.

local use, core = ...
local blame = use "blame"

local M = {}

local ready = {}        -- tasks, first to last
local sleepers = {}     -- {at, order, task}, by (at, order)
local tickets = {}      -- ticket -> task
local watchers = {}     -- {task, at, outside}: woken after each event
local order = 0
local current
local moved             -- a task went on since the watchers were last asked

local afters = {}       -- what is called when the lab rests after something was done

-- Have a function called whenever the lab rests after something was done to it
-- or time has passed, before those who waited for it go on. It may spawn tasks.
function M.after_step(fn)
  afters[#afters + 1] = fn
end

local function look_after()
  for _, fn in ipairs(afters) do fn() end
end

local function make_ready(task, ...)
  task.args = table.pack(...)
  ready[#ready + 1] = task
end

-- Run a function as a task of its own.
function M.spawn(fn, ...)
  local task = { thread = coroutine.create(fn) }
  make_ready(task, ...)
  return task
end

local function check_waiting()
  if not current or coroutine.running() ~= current.thread then
    core.outside()
    error("a scenario can wait only in its own coroutine", 0)
  end
end

local function wait()
  check_waiting()
  return coroutine.yield()
end

local function sleep_until(at, task)
  order = order + 1
  local entry = { at = at, order = order, task = task }
  local i = #sleepers
  while i > 0 and sleepers[i].at > at do
    sleepers[i + 1] = sleepers[i]
    i = i - 1
  end
  sleepers[i + 1] = entry
end

-- Let the running task stand until an instant.
function M.sleep_until(at)
  check_waiting()
  sleep_until(at, current)
  return wait()
end

-- Wait for what a ticket stands for: timed out, completion code, data.
function M.await(ticket)
  check_waiting()
  tickets[ticket] = current
  return wait()
end

-- Wait until predicate() is true, no longer than until an instant (nil: for
-- ever). It is asked after each event, and when another task has gone on, in the
-- task's own coroutine, and may ask the lab itself. Gives what the predicate gave, or
-- false. outside: nothing in the lab can make it true, only a program.
function M.watch(predicate, at, outside)
  check_waiting()
  local task, before = current, current.asking
  local function over(value)
    task.asking = before
    return value
  end
  while true do
    local value = predicate()
    if value then return over(value) end
    if at and core.now() >= at then return over(false) end
    watchers[#watchers + 1] = { task = task, at = at, outside = outside }
    wait()
  end
end

local function wake_ended()
  while true do
    local ticket, timed_out, cc, data = core.take()
    if not ticket then return end
    local task = tickets[ticket]
    tickets[ticket] = nil
    if task then make_ready(task, timed_out, cc, data) end
  end
end

local function wake_sleepers(now)
  while sleepers[1] and sleepers[1].at <= now do
    make_ready(table.remove(sleepers, 1).task)
  end
end

local function wake_watchers()
  local woken = watchers
  watchers = {}
  for _, w in ipairs(woken) do
    w.task.asking = true
    make_ready(w.task)
  end
end

local function next_instant()
  local at = sleepers[1] and sleepers[1].at
  for _, w in ipairs(watchers) do
    if w.at and (not at or w.at < at) then at = w.at end
  end
  return at
end

-- True when nobody waits for anything but programs.
local function only_outside()
  if sleepers[1] or next(tickets) then return false end
  for _, w in ipairs(watchers) do
    if w.at or not w.outside then return false end
  end
  return true
end

-- Run one ready task until it waits or ends. An error ends everything.
local function resume(task)
  current = task
  local ok, message = coroutine.resume(task.thread, table.unpack(task.args, 1, task.args.n))
  current = nil
  if not ok then
    task.failed = true
    error({ raised = message, where = blame.where(task.thread),
            trace = debug.traceback(task.thread) }, 0)
  end
  task.done = coroutine.status(task.thread) == "dead"
  -- Who only asks whether to go on, however long that takes, has not gone on.
  if not task.asking then moved = true end
end

local function run_ready()
  while ready[1] do
    local batch = ready
    ready = {}
    for _, task in ipairs(batch) do
      if not task.done then resume(task) end
    end
  end
end

local function let_time_pass()
  local now = core.step(next_instant(), only_outside())
  look_after()
  wake_ended()
  wake_sleepers(now)
  wake_watchers()
end

-- Run main and what it spawns until main is over; the others are given up.
function M.run(main, ...)
  local task = M.spawn(main, ...)
  run_ready()
  while not task.done do
    -- What was done may have ended something at once.
    look_after()
    wake_ended()
    if not ready[1] and moved then
      moved = false
      wake_watchers()
    end
    if not ready[1] then let_time_pass() end
    run_ready()
  end
  look_after()
end

-- True while a task runs.
function M.running()
  return current ~= nil
end

return M
