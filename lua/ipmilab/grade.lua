-- grade.lua - lessons: tasks that a learner does with clients of his own, while the
-- lab watches; and what came of them.
--
-- A lesson is a list of tasks. Each says how the lab can tell that it is done:
-- what must have crossed a link (seen), what must be so (holds), what must come of an
-- attempt (proof); and what must not have been done on the way (wrong). Played by
-- "ipmilab run" a lesson serves its BMC and prints what is done as it is done;
-- "ipmilab test" skips it, since nobody is there to do anything.

local use, core = ...
local codes = use "codes"
local lab = use "lab"
local sandbox = use "sandbox"
local span = use "span"
local suite = use "suite"
local task = use "task"
local trace = use("trace").api.trace

local api = {}

-- Requests of the learner's to the lesson itself, at the BMC: raw 0x30 ...
local NETFN, HINT, PROGRESS, FINISH = 0x30, 0x01, 0x02, 0x03

local PORT, MINUTES = 9101, 60
local LOOK = span.ns("250ms")      -- between two looks at what is done
local QUIET = span.ns("500ms")     -- of a client that has ended
local LET_GO = span.ns("10s")      -- at most, for one that has not

---@class ipmilab.Lesson tasks for a learner
---@field title string
---@field tasks ipmilab.Task[]
local Lesson = {}
Lesson.__index = Lesson
Lesson.__name = "lesson"
Lesson.__tostring = function(l) return l.title end

---@class ipmilab.Task one of them
---@field number integer
---@field state string "done", "not done" or "wrong"
---@field why string? of a task that is not done, where the lab can tell; and of one that is wrong

--- A lesson without tasks yet.
---@param title string
---@return ipmilab.Lesson
function api.lesson(title)
  suite.acting()
  return setmetatable({ title = title, tasks = {}, tools = {} }, Lesson)
end

local known = { seen = "table", holds = "function", proof = "function", wrong = "function",
                hints = "table" }

local function check_task(t)
  if type(t[1]) ~= "string" then error("task{}: expected what is to be done, in words", 0) end
  for key, value in sandbox.pairs(t) do
    if key ~= 1 and not known[key] then
      error(("task{}: there is no %s; there are hints, holds, proof, seen, wrong"):format(
        sandbox.tostring(key)), 0)
    end
    if key ~= 1 and type(value) ~= known[key] then
      error(("task{}: %s is a %s; expected a %s"):format(key, type(value), known[key]), 0)
    end
  end
  if not (t.seen or t.holds or t.proof) then
    error(("task %q: expected seen, holds or proof"):format(t[1]), 0)
  end
end

--- One more task. Its first element says in words what is to be done.
--- seen: a list of frames as of trace:frames(), each of which must have crossed a link
--- since this call. holds: a function that gives true while the task is done, else
--- false and, if it likes, why not. proof: one that tries it out (a log-in that must fail
--- now), called when all else holds, and again at the end; gives as holds. wrong: one that
--- gives words when something was done that cannot be right. hints: a list, the vaguest first.
---@param t table
---@return ipmilab.Task
function Lesson:task(t)
  check_task(t)
  local row = { text = t[1], seen = t.seen or {}, holds = t.holds, proof = t.proof, wrong = t.wrong,
                hints = t.hints or {}, hinted = 0, met = {}, looked = trace:mark(), state = "not done",
                number = #self.tasks + 1 }
  self.tasks[row.number] = row
  return row
end

-- ---- what is done ----

-- Which of the frames a task wants were there, in what is new of the trace.
local function look_at_trace(t)
  if #t.seen == 0 then return end
  local to = trace:mark()
  for i, spec in ipairs(t.seen) do
    if not t.met[i] then
      local wanted = { since = t.looked }
      for key, value in next, type(spec) == "table" and spec or { spec } do wanted[key] = value end
      t.met[i] = trace:frames(wanted)[1] ~= nil
    end
  end
  t.looked = to
end

local function all_seen(t)
  look_at_trace(t)
  for i in ipairs(t.seen) do
    if not t.met[i] then return false end
  end
  return true
end

-- The proof is asked when the rest begins to hold, and again when afresh.
local function proved(t, afresh)
  if not t.proof then return true end
  if afresh or not t.tried then t.tried = { t.proof() } end
  return t.tried[1], t.tried[2]
end

local function judge(t, afresh)
  local wrong = t.wrong and t.wrong()
  if wrong then return "wrong", wrong end
  local holds, why = true, nil
  if t.holds then holds, why = t.holds() end
  if not holds or not all_seen(t) then
    t.tried = nil
    return "not done", not holds and why or nil
  end
  holds, why = proved(t, afresh)
  return holds and "done" or "not done", not holds and why or nil
end

--- Look at what is done by now: each task's state and why; gives how many are done.
---@param afresh? boolean also try again what was tried already
---@return integer
function Lesson:grade(afresh)
  local done = 0
  for _, t in ipairs(self.tasks) do
    t.state, t.why = judge(t, afresh)
    if t.state == "done" then done = done + 1 end
  end
  return done
end

-- ---- what is said ----

local function say(format, ...)
  for line in (select("#", ...) > 0 and format:format(...) or format):gmatch("[^\n]*") do
    core.say(line)
  end
end

-- The next hint that a task has left, the last one again when there is none.
local function next_hint(t)
  t.hinted = math.min(t.hinted + 1, #t.hints)
  if t.hinted == 0 then return ("There is no hint for task %d."):format(t.number) end
  return ("Hint %d of %d for task %d: %s"):format(t.hinted, #t.hints, t.number, t.hints[t.hinted])
end

local function say_task(t)
  say("  %-8s  %d. %s", t.state, t.number, t.text)
  if t.why then say("               %s", t.why) end
end

--- Print each task with its state; with_hints: and the first hint for what is not done.
---@param with_hints? boolean
function Lesson:report(with_hints)
  for _, t in ipairs(self.tasks) do
    say_task(t)
    if with_hints and t.state ~= "done" and #t.hints > 0 then
      say("               Hint: %s", t.hints[math.max(t.hinted, 1)])
    end
  end
end

-- ---- the learner ----

local options_known = { address = "text", port = "number", minutes = "number" }

-- What stands behind "--" on the command line.
local function read_options()
  local o = { address = "127.0.0.1", minutes = MINUTES }
  local args, i = core.args, 1
  while args[i] do
    local name = args[i]:match("^%-%-(%a+)$")
    local kind = name and options_known[name]
    local value = args[i + 1]
    if kind == "number" then value = tonumber(value) end
    if not kind or value == nil then
      error(("found %s; expected --address A, --port N or --minutes N"):format(args[i]), 0)
    end
    o[name] = value
    i = i + 2
  end
  return o
end

-- The port that was asked for, or the usual one, or any.
local function open(mc, o)
  if o.port then return mc:listen { host = o.address, port = math.tointeger(o.port) } end
  local ok, host, port = pcall(mc.listen, mc, { host = o.address, port = PORT })
  if ok then return host, port end
  return mc:listen { host = o.address }
end

local began = 0      -- the instant at which the learner came

local function clock()
  local seconds = (core.now() - began) // 1000000000
  return ("%3d:%02d"):format(seconds // 60, seconds % 60)
end

-- The task of a number; 0: the first that is not done.
local function task_meant(lesson, number)
  if number ~= 0 then return lesson.tasks[number] end
  for _, t in ipairs(lesson.tasks) do
    if t.state ~= "done" then return t end
  end
end

local function score(lesson, done)
  return ("%d of %d tasks are done"):format(done, #lesson.tasks)
end

-- What the learner can ask of the lesson, at its BMC. The answers are printed at the next look,
-- when it is known what is done by now.
local function answer_learner(lesson, mc)
  local allowed = { privilege = "callback" }
  mc:command(NETFN, HINT, allowed, function(request)
    local number = request[1] or 0
    if number > #lesson.tasks then return 0xc9 end
    lesson.wants_hint = number
    return 0
  end)
  mc:command(NETFN, PROGRESS, allowed, function()
    lesson.wants_report = true
    return 0, { lesson.done, #lesson.tasks }
  end)
  mc:command(NETFN, FINISH, allowed, function()
    lesson.finished = true
    return 0, { lesson.done, #lesson.tasks }
  end)
end

local function say_beginning(lesson, who)
  local client = ("ipmitool -I lanplus -H %s -p %d -U %s -P %s"):format(who.host, who.port, who.user,
                                                                     who.password)
  say("\n%s\n%s\n", lesson.title, ("="):rep(#lesson.title))
  say("The BMC is at %s, port %d; user %s, password %s.\n", who.host, who.port, who.user, who.password)
  say("    %s chassis status\n", client)
  for _, t in ipairs(lesson.tasks) do say("  %2d. %s", t.number, t.text) end
  say("\nFrom another terminal, with the client as above:")
  say("    %s raw 0x30 1       a hint for the next task (raw 0x30 1 4: for task 4)", "...")
  say("    %s raw 0x30 2       how far you are", "...")
  say("    %s raw 0x30 3       grade me; the lab ends", "...")
  for _, tool in ipairs(lesson.tools) do say("    ... %s", tool) end
  say("\nready %s %d\n", who.host, who.port)
end

--- Tell the learner of something more that he can ask: "raw 0x30 16   what the bus counted".
---@param words string
function Lesson:tool(words) self.tools[#self.tools + 1] = words end

--- Print words with the time of day of the lesson in front.
---@param words string
function Lesson:say(words) say("%s  %s", clock(), words) end

-- Tell what has changed since the last look.
local function look(lesson)
  local before = {}
  for i, t in ipairs(lesson.tasks) do before[i] = t.state end
  lesson.done = lesson:grade()
  for i, t in ipairs(lesson.tasks) do
    if t.state ~= before[i] then
      say("%s  %s: %d. %s", clock(), t.state == "not done" and "no longer done" or t.state, i, t.text)
      if t.why then say("        %s", t.why) end
    end
  end
  if lesson.wants_hint then
    local t = task_meant(lesson, lesson.wants_hint)
    if t then say("%s  %s", clock(), next_hint(t)) end
    lesson.wants_hint = nil
  end
  if lesson.wants_report then
    lesson.wants_report = nil
    lesson:report()
    say("%s.", score(lesson, lesson.done))
  end
end

-- Look until all is done, the learner wants to be graded, or the time is over.
local function watch(lesson, limit)
  repeat
    look(lesson)
    if lesson.finished or lesson.done == #lesson.tasks then return end
    task.sleep_until(core.now() + LOOK)
  until core.now() >= limit
  say("%s  The time is over.", clock())
end

-- Let a client come to its end before the BMC is gone: until it says nothing more.
local function let_go(mc)
  local limit, heard = core.now() + LET_GO, nil
  repeat
    heard = mc:lan():stats().received
    task.sleep_until(core.now() + QUIET)
  until mc:lan():stats().received == heard or core.now() >= limit
  mc:unlisten()
end

--- Serve a BMC for the learner, print what he does, and grade him when all is done, when he
--- asks for it, or when the time is over. The test fails unless all tasks are done. Under
--- "ipmilab test" it is skipped.
---@param mc ipmilab.Mc
---@param login? table what he is told: user, password (ADMIN, unless said)
function Lesson:teach(mc, login)
  if not core.watched() then
    suite.api.skip(("a learner does this: ipmilab run %s"):format(suite.path))
  end
  local o, who = read_options(), {}
  who.user = login and login.user or "ADMIN"
  who.password = login and login.password or "ADMIN"
  self.done = self:grade()
  who.host, who.port = open(mc, o)
  began = core.now()
  answer_learner(self, mc)
  say_beginning(self, who)
  watch(self, core.now() + span.ns(o.minutes * 60))
  let_go(mc)
  local done = self:grade(true)
  say("\n%s\n", self.title)
  self:report(true)
  say("\n%s.", score(self, done))
  if done < #self.tasks then
    suite.fail("all tasks are done", score(self, #self.tasks), score(self, done))
  end
end

--- A log-in in the manner of console(), tried and closed at once: true when it succeeds. For
--- proofs.
---@param options table user, password, suite, lan15, kg, privilege
---@return boolean
function lab.Mc:lets_in(options)
  local o = { timeout = "200ms", retries = 1 }
  for key, value in next, options do o[key] = value end
  local console = self:console(o)
  local open_now = console:try_open()
  if open_now then console:close() end
  return open_now
end

--- The asset tag of this controller (DCMI): where a learner can leave an answer. 6.4.2
---@return string
function lab.Mc:asset_tag()
  local reply = self:cmd(0x2c, 0x06, { 0xdc, 0, 16 })
  if reply.cc ~= 0 then
    suite.fail("Get Asset Tag is answered", codes.cc(0), tostring(reply))
  end
  return (reply.data:sub(3):gsub("[%z\255]+$", ""))
end

return { api = api, Lesson = Lesson }
