-- run.lua - programs outside: unmodified clients, as a user starts them.
--
-- While one runs, time is real; it is virtual again when the last has ended.

local use, core = ...
local span = use "span"
local suite = use "suite"
local task = use "task"

local api = {}

local LIMIT = 30              -- seconds that a program may take, unless said
local KEPT_MAX = 1 << 20      -- octets of a stream that are kept
local SHOWN_MAX = 2000        -- of what came, in a failure

---@class ipmilab.ProgramOptions a program and its arguments as a list, and how it runs
---@field [integer] string|number the program, and its arguments
---@field env? table<string, string|boolean> variables on top of the clean set; false takes one away
---@field input? string its standard input
---@field pty? boolean it sees a terminal
---@field timeout? number|string that it may take; 30 s unless said
---@field dir? string where it works, instead of the test's own folder

---@class ipmilab.Result what a program did
---@field command string as one would type it
---@field status integer? exit status; nil when a signal ended it
---@field signal string? "KILL", "TERM", ...
---@field stdout string
---@field stderr string
---@field output string both, in the order in which they came
---@field timed_out boolean it took too long and was killed
---@field seconds number
---@field lost integer octets that were more than 1 MiB of a stream
local Result = {}
Result.__index = Result
Result.__name = "result"

-- The end of a text that may be long, in whole lines if it has any.
local function tail(text)
  if #text <= SHOWN_MAX then return text end
  local cut = text:sub(-SHOWN_MAX)
  return "..." .. (cut:match("\n(.*)") or cut)
end

local function how_it_ended(r)
  if r.timed_out then return ("it was killed after %s"):format(span.text(r.limit)) end
  if r.signal then return "signal " .. r.signal end
  return "exit status " .. r.status
end

-- What a failure shows of it.
local function account(r)
  local said = tail(r.output)
  return how_it_ended(r) .. (said == "" and ", no output" or "\n" .. said)
end

Result.__tostring = function(r) return r.command .. ": " .. account(r) end

-- A pattern that is bound to the begin or end means that of a line.
local function find(text, pattern)
  if pattern:sub(1, 1) ~= "^" and not pattern:find("[^%%]%$$") then
    return table.pack(text:match(pattern))
  end
  for line in (text .. "\n"):gmatch("(.-)\r?\n") do
    local found = table.pack(line:match(pattern))
    if found[1] ~= nil then return found end
  end
  return {}
end

--- Claim that it ended by itself with exit status 0.
---@return ipmilab.Result itself
function Result:ok()
  if self.timed_out or self.status ~= 0 then
    suite.fail(("%s succeeds"):format(self.command), "exit status 0", account(self))
  end
  return self
end

--- Claim that it ended by itself with another exit status than 0, and that
--- its output matches a pattern.
---@param pattern? string
---@return ipmilab.Result itself
function Result:fails(pattern)
  if self.timed_out or self.signal or self.status == 0 then
    suite.fail(("%s fails"):format(self.command), "another exit status than 0", account(self))
  end
  if pattern then self:says(pattern) end
  return self
end

--- Claim that its output matches a Lua pattern; gives the captures. With ^ or $
--- the pattern is looked for in each line.
---@param pattern string
---@return string ...
function Result:says(pattern)
  local found = find(self.output, pattern)
  if found[1] == nil then
    suite.fail(("%s says so"):format(self.command), pattern, account(self))
  end
  return table.unpack(found, 1, found.n)
end

--- Claim that its output does not match a Lua pattern.
---@param pattern string
---@return ipmilab.Result itself
function Result:lacks(pattern)
  if find(self.output, pattern)[1] ~= nil then
    suite.fail(("%s does not say so"):format(self.command), "nothing like " .. pattern,
               account(self))
  end
  return self
end

--- The lines of its standard output.
---@return string[]
function Result:lines()
  local lines = {}
  for line in self.stdout:gmatch("([^\r\n]*)\r?\n?") do lines[#lines + 1] = line end
  if lines[#lines] == "" then lines[#lines] = nil end
  return lines
end

--- Its standard output as rows of cells with "|" between, as ipmitool and
--- FreeIPMI print tables. Lines without are left out.
--- ```lua
--- local r = run { "printf", "Name | State\nFan 1 | ok\n" }
--- expect_eq(r:table(true), { { Name = "Fan 1", State = "ok" } })
--- ```
---@param header? boolean|string[] true: the first row names the cells; or their names
---@return table[] lists of texts, or tables by name
function Result:table(header)
  local rows, names = {}, type(header) == "table" and header
  for _, line in ipairs(self:lines()) do
    if line:find("|", 1, true) then
      local row = {}
      for cell in (line .. "|"):gmatch("(.-)|") do row[#row + 1] = cell:match("^%s*(.-)%s*$") end
      if header and not names then
        names = row
      elseif names then
        local named = {}
        for i, name in ipairs(names) do named[name] = row[i] end
        rows[#rows + 1] = named
      else
        rows[#rows + 1] = row
      end
    end
  end
  return rows
end

--- The row of that table whose first cell is this text; the test fails when there is
--- none.
--- ```lua
--- local r = run { "printf", "Fan 1 | ok\nFan 2 | na\n" }
--- expect_eq(r:row("Fan 2")[2], "na")
--- ```
---@param first string
---@return string[]
function Result:row(first)
  for _, row in ipairs(self:table()) do
    if row[1] == first then return row end
  end
  suite.fail(("%s has such a row"):format(self.command), first, account(self))
end

--- Its standard output's lines "name : value", as most clients print what belongs
--- together: the values by name. Of a name that comes again the first counts.
--- ```lua
--- local r = run { "printf", "Device ID : 32\nMAC : 02:00:5e:00:11:01\n" }
--- expect_eq(r:fields(), { ["Device ID"] = "32", MAC = "02:00:5e:00:11:01" })
--- ```
---@return table<string, string>
function Result:fields()
  local fields = {}
  for _, line in ipairs(self:lines()) do
    local name, value = line:match("^%s*(.-)%s*:%s*(.-)%s*$")
    if name and name ~= "" and fields[name] == nil then fields[name] = value end
  end
  return fields
end

---@class ipmilab.Program a program that runs
---@field id integer
---@field command string
local Program = {}
Program.__index = Program
Program.__name = "program"
Program.__tostring = function(p) return p.command end

-- A word as a shell would need it.
local function quoted(word)
  if word:find("^[%w%-_./:=@,+%%]+$") then return word end
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function shown(argv)
  local words = {}
  for i, word in ipairs(argv) do words[i] = quoted(word) end
  return table.concat(words, " ")
end

local function words_of(command)
  local argv = {}
  for i, word in ipairs(command) do
    if type(word) ~= "string" and type(word) ~= "number" then
      error(("run(): word %d is a %s; expected text"):format(i, type(word)), 0)
    end
    argv[i] = tostring(word)
    if argv[i]:find("\0", 1, true) then error("run(): a word cannot hold a NUL", 0) end
  end
  if not argv[1] then error("run(): expected a program and its arguments", 0) end
  return argv
end

-- All variables that a program sees: a clean set, the same everywhere, with
-- those of own on top; false takes one away.
local function environment_of(own, folder, pty)
  local env = { HOME = folder, LC_ALL = "C", PATH = core.program_path(), TZ = "UTC" }
  if pty then env.TERM = "dumb" end
  for name, value in next, own or {} do env[name] = value or nil end
  local list = {}
  for name, value in next, env do list[#list + 1] = name .. "=" .. tostring(value) end
  table.sort(list)
  return list
end

local known = { dir = true, env = true, input = true, pty = true, timeout = true }

local function check_options(command)
  for key in next, command do
    if math.type(key) ~= "integer" and not known[key] then
      error(("run(): found %q; expected dir, env, input, pty or timeout"):format(tostring(key)), 0)
    end
  end
end

local function launch(command)
  suite.acting()
  check_options(command)
  local argv = words_of(command)
  local path = core.program_find(argv[1])
  if not path then error(("there is no program %q"):format(argv[1]), 0) end
  local folder = core.folder()
  local text = shown(argv)
  argv[1] = path
  local id = core.program_start(argv, environment_of(command.env, folder, command.pty),
                                command.dir or folder, command.pty or false)
  return setmetatable({
    id = id, command = text, limit = span.ns(command.timeout or LIMIT),
    pty = command.pty, streams = { "", "", "" }, pending = "", carry = "", lost = 0,
  }, Program)
end

-- A terminal ends its lines with two characters; what a scenario reads has one.
local function plain_lines(p, text)
  if not p.pty then return text end
  text = p.carry .. text
  p.carry = text:match("\r+$") or ""
  return (text:sub(1, #text - #p.carry):gsub("\r+\n", "\n"))
end

local function keep(p, n, text)
  local room = KEPT_MAX * (n == 3 and 2 or 1) - #p.streams[n]
  if #text > room then
    if n ~= 3 then p.lost = p.lost + #text - room end
    text = text:sub(1, room)
  end
  p.streams[n] = p.streams[n] .. text
end

-- Fetch what it said meanwhile.
local function hear(p)
  while p.id do
    local errors, text = core.program_take(p.id)
    if text == nil then return end
    text = plain_lines(p, text)
    keep(p, errors and 2 or 1, text)
    keep(p, 3, text)
    p.pending = (p.pending .. text):sub(-KEPT_MAX)
  end
end

-- It has ended: its result, once and for all.
local function finish(p, timed_out)
  hear(p)
  local state = core.program_state(p.id)
  core.program_drop(p.id)
  p.id = nil
  p.result = setmetatable({
    command = p.command, status = state.status, signal = state.signal, limit = p.limit,
    stdout = p.streams[1], stderr = p.streams[2], output = p.streams[3],
    timed_out = timed_out, seconds = state.ns / 1e9, lost = p.lost + state.lost,
  }, Result)
  return p.result
end

local function has_ended(p)
  return p.result or core.program_state(p.id).ended
end

-- Watch for what predicate() gives; false when the program has not got there in
-- time, which is measured by the clock.
local function watch(p, limit, predicate)
  if not p.result then core.program_limit(p.id, limit) end
  return task.watch(function()
    local value = predicate()
    if value then return { value } end
    return p.id and core.program_state(p.id).late and { false }
  end, nil, true)[1]
end

local function await_end(p, limit)
  local ended = watch(p, limit, function() return has_ended(p) end)
  if p.result then return p.result end
  if not ended then
    core.program_signal(p.id, "KILL")
    task.watch(function() return has_ended(p) end, nil, true)
  end
  return p.result or finish(p, not ended)
end

--- Run a program to its end. It gets a clean environment (PATH, HOME, LC_ALL,
--- TZ) and a folder of the test's own to work in; it may take 30 seconds.
--- An error when there is no such program; any exit status is a result.
--- ```lua
--- run({ "sh", "-c", "echo $GREETING", env = { GREETING = "hello" } }):ok():says("^hello$")
--- ```
---@param command ipmilab.ProgramOptions
---@return ipmilab.Result
function api.run(command)
  local p = launch(command)
  if command.input then core.program_write(p.id, command.input) end
  if not command.pty then core.program_close_input(p.id) end
  return await_end(p, p.limit)
end

--- Start a program and go on; what it is told and says is up to the scenario.
--- It is killed at the end of the test at the latest.
--- ```lua
--- local cat = start { "cat" }
--- cat:write("one\n")
--- cat:expect "one"
--- cat:close_input():wait():ok()
--- ```
---@param command table as of run()
---@return ipmilab.Program
function api.start(command)
  local p = launch(command)
  if command.input then core.program_write(p.id, command.input) end
  return p
end

local function check_runs(p, what)
  if p.result or not p.id then error(("%s: %s has ended"):format(what, p.command), 0) end
end

--- Give it input.
---@param text string
---@return ipmilab.Program itself
function Program:write(text)
  check_runs(self, "write()")
  core.program_write(self.id, text)
  return self
end

local keys = {
  enter = "\r", tab = "\t", escape = "\27", space = " ", backspace = "\127",
  up = "\27[A", down = "\27[B", right = "\27[C", left = "\27[D", home = "\27[H",
  ["end"] = "\27[F", insert = "\27[2~", delete = "\27[3~", pageup = "\27[5~",
  pagedown = "\27[6~", f1 = "\27OP", f2 = "\27OQ", f3 = "\27OR", f4 = "\27OS",
  f5 = "\27[15~", f6 = "\27[17~", f7 = "\27[18~", f8 = "\27[19~", f9 = "\27[20~",
  f10 = "\27[21~", f11 = "\27[23~", f12 = "\27[24~",
}

local function key(name)
  local control = type(name) == "string" and name:match("^ctrl%-([%a%[%]\\^_@])$")
  if control then return string.char(control:upper():byte() & 0x1f) end
  return keys[name] or error(
    ("there is no key %q; enter, tab, escape, up, f1, ctrl-c and the like are")
      :format(tostring(name)), 0)
end

--- Press keys: "enter", "escape", "up", "f1", "ctrl-c", ...
---@param ... string names of keys
---@return ipmilab.Program itself
function Program:send(...)
  local octets = {}
  for i, name in ipairs { ... } do octets[i] = key(name) end
  return self:write(table.concat(octets))
end

--- End its input; on a terminal, control-D is typed.
---@return ipmilab.Program itself
function Program:close_input()
  check_runs(self, "close_input()")
  core.program_close_input(self.id)
  return self
end

-- The first pattern that is found in what came and was not yet matched.
local function match_pending(p, patterns)
  for i, pattern in ipairs(patterns) do
    local found = table.pack(p.pending:find(pattern))
    if found[1] then
      local all = p.pending:sub(found[1], found[2])
      p.pending = p.pending:sub(found[2] + 1)
      if found.n == 2 then return { i, all, n = 2 } end
      found[2] = i
      return table.move(found, 2, found.n, 1, { n = found.n - 1 })
    end
  end
end

local function no_match(p, patterns, limit)
  local why = p.result and "it ended before: " .. how_it_ended(p.result)
    or "in " .. span.text(limit)
  local came = tail(p.pending)
  suite.fail(("%s says so"):format(p.command), table.concat(patterns, "\n"),
             ("%s, %s"):format(why, came == "" and "nothing came" or "this came:\n" .. came))
end

--- Wait until it says what matches a Lua pattern, after what was matched
--- before; as soon as enough has come. plain() makes a pattern of any text.
--- The test fails when that does not come in time, or the program ends before.
--- ```lua
--- local sh = start { "sh", pty = true }
--- sh:write("expr 6 '*' 7\n")
--- expect_eq(sh:expect "(%d%d)", "42")
--- sh:kill()
--- ```
---@param pattern string|string[] several: whichever comes
---@param timeout? number|string 10 seconds unless said
---@return any ... the captures, or all that matched; of several, first which
function Program:expect(pattern, timeout)
  suite.acting()
  local patterns = type(pattern) == "table" and pattern or { pattern }
  local limit = span.ns(timeout or 10)
  local found
  watch(self, limit, function()
    local ended = has_ended(self)
    hear(self)
    found = match_pending(self, patterns)
    if not found and ended and not self.result then finish(self, false) end
    return found or ended
  end)
  if not found then no_match(self, patterns, limit) end
  if type(pattern) == "table" then return table.unpack(found, 1, found.n) end
  return table.unpack(found, 2, found.n)
end

--- What it said up to now.
---@return string
function Program:output()
  hear(self)
  return self.streams[3]
end

--- True while it runs.
---@return boolean
function Program:running()
  return not has_ended(self)
end

--- Wait for its end; it is killed when that takes too long.
---@param timeout? number|string as its command says, or 30 seconds
---@return ipmilab.Result
function Program:wait(timeout)
  suite.acting()
  return await_end(self, timeout and span.ns(timeout) or self.limit)
end

--- Send a signal to it and all that it started: "TERM", "INT", ...
---@param signal? string KILL unless said
---@return ipmilab.Program itself
function Program:kill(signal)
  if not self.result then core.program_signal(self.id, signal or "KILL") end
  return self
end

--- The pattern that matches a text as it is.
---@param text string
---@return string
function api.plain(text)
  return (text:gsub("%p", "%%%0"))
end

--- True when a program is installed.
---@param name string
---@return boolean
function api.have(name)
  return core.program_find(name) ~= nil
end

--- Skip the test, or all tests of the file, unless these programs are installed.
--- ```lua
--- need("ipmitool")
--- bmc("server-1u"):ipmitool("mc info"):ok()
--- ```
---@param ... string
function api.need(...)
  local names = { ... }
  suite.demand(function()
    for _, name in ipairs(names) do
      if not core.program_find(name) then suite.api.skip(name .. " is not installed") end
    end
  end)
end

--- How time goes. "auto": by the clock while a program runs or a BMC listens, else
--- from event to event. "real": always by the clock. "virtual": from event to
--- event; it stands still while the scenario waits for a program, which should
--- not be one that asks the lab. At the top of a file it is for all its tests.
--- ```lua
--- time "real"
--- sleep "20ms"
--- expect(is_real())
--- ```
---@param pace "auto"|"real"|"virtual"
function api.time(pace)
  if pace ~= "auto" and pace ~= "real" and pace ~= "virtual" then
    error(("time(%q); expected auto, real or virtual"):format(tostring(pace)), 0)
  end
  suite.demand(function() core.pace(pace) end)
end

--- True while time is real.
---@return boolean
function api.is_real()
  return core.is_real()
end

--- The path of a folder of the test's own, removed with all in it at its end.
---@return string
function api.folder()
  suite.acting()
  return core.folder()
end

suite.option("needs", function(needs)
  api.need(table.unpack(type(needs) == "table" and needs or { needs }))
end)
suite.option("time", api.time)

return { api = api, Program = Program, Result = Result }
