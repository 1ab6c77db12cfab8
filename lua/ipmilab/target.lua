-- target.lua - a BMC outside the lab that is to be tested: ipmilab test --target.

local use, core = ...
local console = use "console"
local run = use "run"
local suite = use "suite"

local api = {}

---@class ipmilab.Target: ipmilab.Commands, ipmilab.Client a BMC at an address
---@field host string
---@field port integer
---@field user string
---@field password string
local Target = {}
Target.__index = Target
Target.__name = "target"
Target.__tostring = function(t) return ("target %s port %d"):format(t.host, t.port) end

-- Options of a console, with what the command line says where they are silent.
local function with_login(target, options)
  local o = {}
  for name, value in next, options or {} do o[name] = value end
  o.user = o.user or target.user
  o.password = o.password or (o.user == target.user and target.password or "")
  -- A program of this machine answers soon, or never.
  if target.start and not o.timeout then o.timeout = "300ms" end
  if not o.suite and not o.lan15 then
    o.suite, o.lan15 = target.suite, target.lan15
  end
  return o
end

--- Address and log-in as a client's command line needs them.
---@param options? ipmilab.ConnectOptions
---@return { host: string, port: integer, user: string, password: string, suite: integer?, lan15: string? }
function Target:login(options)
  local o = with_login(self, options)
  return { host = self.host, port = self.port, user = o.user, password = o.password,
           suite = o.suite, lan15 = o.lan15 }
end

local consoles = {}

local program            -- the target, when it is ours to start

-- A BMC elsewhere keeps sessions that nobody closes for a minute, and has not
-- many.
suite.after_test(function()
  if program then return end
  for _, c in ipairs(consoles) do
    if c:state() == "open" then c:close() end
  end
end)

--- A console before it, not open yet.
---@param options? table as of connect()
---@return ipmilab.Console
function Target:console(options)
  suite.acting()
  local o = console.options_of(with_login(self, options))
  local c = setmetatable({ id = core.target_console(self.host, self.port, o) }, console.Console)
  consoles[#consoles + 1] = c
  return c
end

--- Open a session with it, as the command line says unless said otherwise.
--- The test fails when it does not open.
---@param options? ipmilab.ConnectOptions
---@return ipmilab.Console
function Target:connect(options)
  return self:console(options):open()
end

--- Send a request in a session that is opened when it is first needed.
---@param netfn integer even
---@param cmd integer
---@param data? string|integer[]|integer octets
---@return ipmilab.Reply
function Target:cmd(netfn, cmd, data)
  if not self.session or self.session:state() ~= "open" then self.session = self:connect() end
  return self.session:cmd(netfn, cmd, data)
end

-- Get Channel Authentication Capabilities needs no session. IPMI v2.0, 22.13.
local function answers(target, options)
  return not target:console(options):cmd(0x06, 0x38, { 0x0e, 0x04 }).timed_out
end

-- A program that starts is not ready at once.
local function check_answers(target)
  if target.start then program = run.api.start { "sh", "-c", target.start, timeout = "1h" } end
  local ok = answers(target, { timeout = "20ms", retries = 20 }) or answers(target)
  if ok and (not program or program:running()) then
    local before = core.now()
    answers(target)
    use("wire").pause = math.max(20000000, math.min(10 * (core.now() - before), 500000000))
    return
  end
  suite.no_target()
  local said = program and ": " .. (program:running() and program:output() or tostring(program:wait()))
  error(("the target %s, port %d, does not answer%s"):format(target.host, target.port, said or ""), 0)
end

local the_target

local function expect_running()
  if not program or program:running() then return end
  consoles = {}
  suite.fail("the target still runs after this test", "it does", tostring(program:wait()))
end

-- What a test did to the BMC is to be said of that test, not of the next one.
suite.at_end(function()
  if not the_target or not core.target() then return end
  expect_running()
  if answers(the_target, { timeout = 1, retries = 1 }) then return end
  expect_running()
  consoles = {}
  suite.fail("the target still answers after this test", "it does", "it does not any more")
end)

--- The BMC to be tested: the one that --target names, or else a fresh one of the
--- lab. Both have connect(), console(), cmd(), the common commands and the
--- clients.
--- ```lua
--- test("the BMC under test has the time", function()
---   expect_cc(target():cmd(0x0a, 0x48))    -- Get SEL Time
--- end)
--- ```
---@param machine? string of the lab's; "server-1u" unless said
---@return ipmilab.Target|ipmilab.Mc
function api.target(machine)
  suite.acting()
  if the_target then return the_target end
  local facts = core.target()
  if not facts then
    the_target = use("lab").api.bmc(machine or "server-1u")
    return the_target
  end
  local target = setmetatable(facts, Target)
  core.hold(1)
  check_answers(target)
  the_target = target
  return target
end

--- This test, or all tests of the file, change the BMC: they are skipped on a
--- target unless --allow-writes is given.
--- ```lua
--- writes()
--- test("the log can be cleared", function()
---   local bmc = target()
---   bmc:sel_clear()
---   expect(bmc:sel_info().entries <= 1)
--- end)
--- ```
function api.writes()
  suite.demand(function()
    local facts = core.target()
    if facts and not facts.writes then
      suite.api.skip("it changes the target; --allow-writes allows that")
    end
  end)
end

--- This test, or all tests of the file, need the lab's inside: they are skipped
--- on a target.
function api.only_lab()
  suite.demand(function()
    if core.target() then suite.api.skip("it looks into the lab, which a target is not") end
  end)
end

suite.option("writes", function(on) if on then api.writes() end end)
suite.option("only_lab", function(on) if on then api.only_lab() end end)

for name, fn in next, use("commands").Commands do Target[name] = fn end
for name, fn in next, use("client").Client do Target[name] = fn end

return { api = api, Target = Target }
