-- suite.lua - the tests of a scenario file: found, played, judged.

local use, core = ...
local task = use "task"
local blame = use "blame"
local sandbox = use "sandbox"
local span = use "span"

local M = {}

-- What ends a test early without being an error of the scenario.
local Skip, Claim, Acted = {}, {}, {}
M.Claim = Claim

local tests            -- of the file being loaded
local looking          -- true while a file is only looked through
local result           -- of the test being played
local said, said_size  -- what print() printed, and its length
local SAID_MAX = 65536
local setups, teardowns
local demands          -- functions to be called before each test of the file
local options = {}     -- {name, function(value)}: options of test() of other modules
local befores = {}     -- of the library: called before each test is played
local afters = {}      -- and after it
local verdicts = {}    -- before that: claims of the library about the test as a whole

-- Have a function called before the test is played.
function M.before_test(fn)
  befores[#befores + 1] = fn
end

-- Have a function called after the test was played, however it ended; what
-- goes wrong in it is nobody's.
function M.after_test(fn)
  afters[#afters + 1] = fn
end

-- Have a claim made when a test is over that was begun; when it does not hold,
-- that is what came of the test.
function M.at_end(claim)
  verdicts[#verdicts + 1] = claim
end

-- The BMC outside does not answer: no test before it has a sense.
function M.no_target()
  result.no_target = true
end

local function line_of_caller()
  return tonumber((blame.where() or ""):match(":(%d+)$"))
end

-- Anything that acts on a lab calls this: while a file is looked through for
-- its tests it ends there, and the file as a whole is one test.
function M.acting()
  if looking then error(Acted, 0) end
end

-- Call a function that may skip the test: now, or, while a file is looked
-- through, before each of its tests.
function M.demand(fn)
  if looking then demands[#demands + 1] = fn else fn() end
end

-- A module's own option of test(): fn(value) is called before the test.
function M.option(name, fn)
  options[#options + 1] = { name = name, fn = fn }
end

local api = {}

---@class ipmilab.TestOptions options of a test
---@field tags? string[] words by which it can be chosen (--tag)
---@field xfail? string why it is expected to fail
---@field skip? string why it is not played at all
---@field needs? string|string[] programs without which it is skipped
---@field time? string how time goes, as of time()
---@field writes? boolean it changes the BMC: skipped on a target without --allow-writes
---@field only_lab? boolean it looks into the lab: skipped on a target

--- A test of this file: a claim, and the function that proves it. Each test is
--- played in a fresh lab; the file's outermost lines are run for each as well.
--- ```lua
--- test("a BMC tells who it is", { tags = { "quick" } }, function()
---   local bmc = bmc "server-1u"
---   expect_eq(bmc:device_id().ipmi, "2.0")
--- end)
--- ```
---@param name string what is claimed, as a sentence
---@param opts? ipmilab.TestOptions may be left out: test(name, fn)
---@param fn fun()
function api.test(name, opts, fn)
  if type(opts) == "function" then opts, fn = {}, opts end
  if type(name) ~= "string" or type(fn) ~= "function" then
    error("test(): expected a name, options if any, and a function", 0)
  end
  tests[#tests + 1] = { name = name, fn = fn, line = line_of_caller(),
                        tags = opts.tags or {}, xfail = opts.xfail, skip = opts.skip,
                        options = opts }
end

--- Do this before each test of the file.
--- ```lua
--- local session
--- setup(function() session = bmc("server-1u"):connect() end)
--- teardown(function() session:close() end)
---
--- test("the power is on", function()
---   expect(session:chassis_status().power)
--- end)
--- ```
---@param fn fun()
function api.setup(fn) setups[#setups + 1] = fn end

--- Do this after each test of the file, also after one that failed.
---@param fn fun()
function api.teardown(fn) teardowns[#teardowns + 1] = fn end

--- Words by which all tests of this file can be chosen (--tag).
--- ```lua
--- tags("slow", "power")
--- expect(true)
--- ```
---@param ... string
function api.tags(...) tests.tags = { ... } end

--- End the test here: what it needs is not there. At the top of a file: all
--- tests of the file.
---@param reason string
function api.skip(reason)
  M.demand(function() error({ [Skip] = true, reason = reason }, 0) end)
end

--- From here on the test is expected to fail, for a reason. At the top of a
--- file: all tests of the file.
--- ```lua
--- xfail "this BMC counts in fives"
--- expect_eq(bmc("server-1u"):sel_info().entries % 5, 1)
--- ```
---@param reason string
function api.xfail(reason)
  M.demand(function() result.xfail = reason end)
end

-- A claim that does not hold.
function M.fail(claim, expected, actual)
  error({ [Claim] = true, claim = claim, expected = expected, actual = actual }, 0)
end

local function say(text)
  if looking then return end
  core.say(text)
  said_size = said_size + #text
  if said_size <= SAID_MAX then said[#said + 1] = text end
end

-- What a scenario sees.
local function environment()
  local env = sandbox.environment(say)
  --- What stands behind -- in the command line of ipmilab run; else empty.
  ---@type string[]
  env.arg = core.args
  for name, fn in next, api do env[name] = fn end
  use("api").fill(env)
  return env
end

M.environment = environment

-- Load a file and run its outermost lines. Gives its function, or nil and why.
local function open(path, text)
  tests = { tags = {} }
  said, said_size, setups, teardowns, demands = {}, 0, {}, {}, {}
  result = {}
  M.path, M.text = path, text
  return load(text, "@" .. path, "t", environment())
end

local function describe_error(e)
  local where, message = blame.split(e.raised, e.where)
  return { where = where, message = message }
end

-- Look through: true when the file has tests, false when it is one.
local function look_through(chunk)
  looking = true
  local ok, e = pcall(task.run, chunk)
  looking = false
  if not ok and e.raised ~= Acted then return nil, describe_error(e) end
  return ok and #tests > 0
end

-- A file that was cut, or not written yet, must not pass for a test that holds.
local function is_blank(text)
  return not text:gsub("%-%-%[(=*)%[.-%]%1%]", ""):gsub("%-%-[^\n]*", ""):find("%S")
end

function M.collect(path, text)
  local chunk, why = open(path, text)
  if not chunk then return nil, { where = why:match("^(.-:%d+)"), message = why } end
  if is_blank(text) then
    return nil, { where = path .. ":1", message = "found no test; expected test(NAME, function)" }
  end
  local several, e = look_through(chunk)
  if several == nil then return nil, e end
  if not several then
    return { { name = path:match("([^/]*)%.lua$") or path, line = 1, tags = tests.tags } }
  end
  local list = {}
  for i, t in ipairs(tests) do
    local tags = { table.unpack(tests.tags) }
    for _, tag in ipairs(t.tags) do tags[#tags + 1] = tag end
    list[i] = { name = t.name, line = t.line, tags = tags }
  end
  return list
end

-- What the file and the test's options demand; may skip it.
local function meet(wanted)
  for _, demand in ipairs(demands) do demand() end
  for _, option in ipairs(options) do
    if wanted[option.name] ~= nil then option.fn(wanted[option.name]) end
  end
end

local function play(fn, wanted)
  for _, before in ipairs(befores) do before() end
  local ok, e = pcall(task.run, meet, wanted)
  if not ok then return ok, e end
  ok, e = pcall(task.run, function()
    for _, before in ipairs(setups) do before() end
    fn()
  end)
  for i = #teardowns, 1, -1 do
    local fine, more = pcall(task.run, teardowns[i])
    if not fine and ok then ok, e = fine, more end
  end
  for _, claim in ipairs(verdicts) do
    local fine, more = pcall(task.run, claim)
    if not fine then ok, e = fine, more end
  end
  for _, after in ipairs(afters) do pcall(task.run, after) end
  return ok, e
end

local function judge(ok, e)
  local raised = not ok and e.raised
  result.instant = core.now()
  if ok then
    result.outcome = result.xfail and "xpass" or "pass"
  elseif type(raised) == "table" and raised[Skip] then
    result.outcome, result.message = "skip", raised.reason
  elseif type(raised) == "table" and raised[Claim] then
    result.outcome = result.xfail and "xfail" or "fail"
    result.message, result.expected, result.actual = raised.claim, raised.expected, raised.actual
    result.where = e.where
  else
    local said_so = describe_error(e)
    result.outcome = result.xfail and "xfail" or "error"
    result.where, result.message, result.trace = said_so.where, said_so.message, e.trace
  end
end

-- Play the n-th test of a file.
function M.run(path, text, n)
  local chunk, why = open(path, text)
  if not chunk then return { outcome = "error", message = why } end
  local several, e = look_through(chunk)
  if several == nil then
    return { outcome = "error", where = e.where, message = e.message }
  end
  local t = several and tests[n]
  if t and t.skip then
    return { outcome = "skip", message = t.skip }
  end
  result.xfail = t and t.xfail
  judge(play(t and t.fn or chunk, t and t.options or {}))
  result.said = table.concat(said, "\n")
  result.time = span.text(result.instant)
  return result
end

M.api = api
return M
