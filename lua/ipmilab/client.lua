-- client.lua - the command lines of the field's clients, for whatever has an
-- address: a BMC of the lab, which gets a port of its own then, or a target.
--
-- Options of all: user, password, privilege, suite (RMCP+) or lan15 (IPMI 1.5:
-- "md5", ...), lan; those of run(): timeout, env, input, pty; start = true gives
-- the running program instead of a result. A client that is not installed
-- skips the test.

local use, core = ...
local run = use "run"
local suite = use "suite"
local Mc = use("lab").Mc

---@class ipmilab.ClientOptions: ipmilab.ConnectOptions options of all clients
---@field start? boolean give the running program instead of its result
---@field timeout? number|string that the program may take; 30 s unless said
---@field env? table<string, string|boolean> variables; false takes one away
---@field input? string its standard input
---@field pty? boolean it sees a terminal
---@field dir? string where it works, instead of the test's own folder
---@field bridge? integer|integer[] of ipmitool: a satellite's address, or address and channel
---@field args? string[] of ipmitool: words before the command
---@field how? string of openipmi: of "domain open"; "-noall" unless said
---@field kg? string the key Kg of the BMC

---@class ipmilab.Client methods that start clients
local Client = {}

local HOST = "127.0.0.1"

-- Where the LAN of a controller of the lab can be reached.
local function open_port(mc, lan, host, port)
  suite.acting()
  local unit = mc.chassis.unit
  local at, found = core.listen(unit, lan, host, port)
  if not at then return nil, found end
  mc.chassis.ports = mc.chassis.ports or {}
  mc.chassis.ports[lan] = { host = at, port = found }
  return mc.chassis.ports[lan]
end

local function port_of(mc, lan)
  local ports = mc.chassis.ports
  if ports and ports[lan] then return ports[lan] end
  local at, why = open_port(mc, lan, HOST, 0)
  if not at then error(("no port at %s: %s"):format(HOST, why), 0) end
  return at
end

--- Listen for programs outside, and let time be real from now on.
--- An error when the system refuses the port.
--- ```lua
--- local bmc = bmc "server-1u"
--- local host, port = bmc:listen()
--- print(("asked at %s"):format(host))
--- bmc:unlisten()
--- ```
---@param options? { host?: string, port?: integer, lan?: integer } 127.0.0.1, any port and LAN 0 unless said
---@return string host
---@return integer port
function Mc:listen(options)
  local o = options or {}
  local lan = o.lan or 0
  local at, why = open_port(self, lan, o.host or HOST, o.port or 0)
  if not at then
    error(("listen(): %s port %d: %s"):format(o.host or HOST, o.port or 0, why), 0)
  end
  if not at.held then core.hold(1) end
  at.held = true
  return at.host, at.port
end

--- Listen no more.
---@param lan? integer
function Mc:unlisten(lan)
  local ports = self.chassis.ports
  local at = ports and ports[lan or 0]
  if not at then return end
  core.unlisten(self.chassis.unit, lan or 0)
  ports[lan or 0] = nil
  if at.held then core.hold(-1) end
end

--- Address and log-in as a client's command line needs them; the BMC listens at
--- that address from now on.
---@param options? ipmilab.ConnectOptions
---@return { host: string, port: integer, user: string, password: string, suite: integer?, lan15: string? }
function Mc:login(options)
  local o = options or {}
  local at = port_of(self, o.lan or 0)
  return {
    host = at.host, port = at.port, user = o.user or "ADMIN",
    password = o.password or (o.user and "" or "ADMIN"),
    suite = o.suite, lan15 = o.lan15,
  }
end

-- Words of a text: separated by blanks, '...' and "..." together.
local function split(words)
  if words == nil then return {} end
  if type(words) == "table" then return words end
  local list, at = {}, 1
  while true do
    at = words:find("%S", at)
    if not at then return list end
    local word, open = "", true
    while open do
      local quote = words:sub(at, at):match("[\"']")
      local from, to
      if quote then
        from, to = words:find(quote, at + 1, true)
        if not from then error(("a %s is open in: %s"):format(quote, words), 0) end
        word = word .. words:sub(at + 1, to - 1)
      else
        from, to = words:find("^[^%s\"']+", at)
        word = word .. words:sub(from, to)
      end
      at = to + 1
      open = words:find("^%S", at) ~= nil
    end
    list[#list + 1] = word
  end
end

local function append(to, ...)
  for _, word in ipairs { ... } do to[#to + 1] = tostring(word) end
  return to
end

-- Run it, or start it, with what the options say of that.
local function go(command, options)
  local o = options or {}
  suite.acting()
  if not core.program_find(command[1]) then
    suite.api.skip(command[1] .. " is not installed")
  end
  for _, name in ipairs { "timeout", "env", "input", "pty", "dir" } do
    if o[name] ~= nil then command[name] = o[name] end
  end
  if o.start then return run.api.start(command) end
  return run.api.run(command)
end

-- The same, started in any case.
local function started(command, options)
  local o = { start = true }
  for name, value in next, options do o[name] = value end
  o.start = true
  return go(command, o)
end

local names15 = { none = "NONE", md2 = "MD2", md5 = "MD5", straight = "PASSWORD",
                  password = "PASSWORD" }

local function kind15(who)
  if not who.lan15 then return nil end
  local kind = who.lan15 == true and "md5" or who.lan15
  return names15[kind] or error(
    ("lan15 = %q; expected none, md2, md5 or straight"):format(tostring(kind)), 0)
end

-- An address and a port as most clients want them in one word.
local function host_port(who)
  return (who.host:find(":") and "[%s]:%d" or "%s:%d"):format(who.host, who.port)
end

local privileges = { callback = "CALLBACK", user = "USER", operator = "OPERATOR",
                     admin = "ADMINISTRATOR", administrator = "ADMINISTRATOR" }

-- bridge = 0x72, or {0x72, channel}, or two of these.
local function ipmitool_bridge(command, bridge)
  if not bridge then return end
  if type(bridge) ~= "table" then bridge = { bridge, 0 } end
  if type(bridge[1]) == "table" then
    append(command, "-T", ("0x%02x"):format(bridge[1][1]), "-B", bridge[1][2] or 0)
    bridge = bridge[2]
  end
  append(command, "-t", ("0x%02x"):format(bridge[1]), "-b", bridge[2] or 0)
end

-- At each start ipmitool reads the 5 MB of the registry of manufacturers, which takes
-- it longer than all else, unless its user has a list of his own: this one.
local MANUFACTURERS = ".local/usr/share/misc/enterprise-numbers.txt"
local manufacturers = {
  "0\n  Reserved", "2\n  IBM", "11\n  Hewlett-Packard", "42\n  Sun Microsystems",
  "343\n  Intel Corporation", "674\n  Dell Inc.", "6653\n  Tyan Computer Corporation",
  "7154\n  IPMI forum", "7244\n  Quanta Computer Inc.", "10368\n  Fujitsu Siemens",
  "10876\n  Super Micro Computer Inc.", "12634\n  PICMG", "15000\n  Kontron Canada Inc.",
  "32473\n  Example Enterprise Number for Documentation Use",
}
local named

local function name_manufacturers()
  if named then return end
  named = true
  run.api.run { "sh", "-c", "mkdir -p ${0%/*} && cat >$0", MANUFACTURERS,
                dir = core.folder(), input = table.concat(manufacturers, "\n") .. "\n" }
end

--- Run ipmitool. It knows the names of some manufacturers only.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:ipmitool("power status"):ok():says "is on"
--- bmc:ipmitool("mc info", { lan15 = "md5", privilege = "user" }):ok()
--- ```
---@param words string|string[] its command: "sdr list"
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:ipmitool(words, options)
  local o = options or {}
  local who = self:login(o)
  local kind = kind15(who)
  local command = { "ipmitool", "-I", kind and "lan" or "lanplus", "-H", who.host,
                    "-p", tostring(who.port), "-U", who.user, "-P", who.password }
  if kind then append(command, "-A", kind) end
  if who.suite and not kind then append(command, "-C", who.suite) end
  if o.kg then append(command, "-k", o.kg) end
  if o.privilege then append(command, "-L", privileges[o.privilege] or o.privilege) end
  ipmitool_bridge(command, o.bridge)
  append(command, table.unpack(o.args or {}))
  name_manufacturers()
  return go(append(command, table.unpack(split(words))), o)
end

--- Run several commands of ipmitool in one session. The exit status is 0 when all went
--- well.
--- ```lua
--- local r = bmc("server-1u"):ipmitool_exec { "mc info", "power status" }
--- r:ok():says "^Chassis Power is on$"
--- ```
---@param commands string[]
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:ipmitool_exec(commands, options)
  suite.acting()
  local path = core.folder() .. "/ipmitool.commands"
  run.api.run { "tee", path, input = table.concat(commands, "\n") .. "\n" }
  return self:ipmitool({ "exec", path }, options)
end

local free15 = { NONE = "NONE", MD2 = "MD2", MD5 = "MD5", PASSWORD = "STRAIGHT_PASSWORD_KEY" }
local free_privileges = { user = "USER", operator = "OPERATOR", admin = "ADMIN",
                          administrator = "ADMIN" }
local cache_tools = { ["ipmi-sensors"] = true, ["ipmi-sel"] = true, ["ipmi-fru"] = true,
                      ["ipmi-pet"] = true, ["ipmi-oem"] = true, ["bmc-device"] = true }

-- Log-in of a FreeIPMI tool, all but the driver.
local function freeipmi_who(command, who, o)
  local hosts = { host_port(who) }
  for i, other in ipairs(o.with or {}) do hosts[i + 1] = host_port(other:login(o)) end
  append(command, "-h", table.concat(hosts, ","), "-u", who.user, "-p", who.password)
  if o.kg then append(command, "-k", o.kg) end
  if who.suite and not who.lan15 then append(command, "-I", who.suite) end
  if o.privilege then append(command, "-l", free_privileges[o.privilege] or o.privilege) end
  return command
end

local function freeipmi_login(command, who, o)
  local kind = kind15(who)
  freeipmi_who(append(command, "-D", kind and "LAN" or "LAN_2_0"), who, o)
  if kind then append(command, "-a", free15[kind]) end
  return command
end

--- Run a tool of FreeIPMI.
--- ```lua
--- local rows = bmc("server-1u"):freeipmi("ipmi-sensors"):ok():table(true)
--- expect(#rows > 50)
--- ```
---@param tool string "ipmi-sensors", "bmc-info", ...
---@param words? string|string[] its options
---@param options? ipmilab.ClientOptions also kg (words, or 0x and hexadecimal); with (other BMCs,
---  which are asked at the same time)
---@return ipmilab.Result
function Client:freeipmi(tool, words, options)
  if type(words) == "table" and words[1] == nil and options == nil then
    words, options = nil, words
  end
  local o = options or {}
  local who = self:login(o)
  local command = freeipmi_login({ tool }, who, o)
  if cache_tools[tool] or tool:find("%-config$") then
    -- Else below the home of the account that runs this, whatever HOME says.
    append(command, ("--sdr-cache-directory=%s"):format(core.folder()))
  end
  return go(append(command, table.unpack(split(words))), o)
end

--- Run ipmipower.
---@param words string|string[] its options: "--stat"
---@param options? ipmilab.ClientOptions as of freeipmi()
---@return ipmilab.Result
function Client:ipmipower(words, options)
  local o = options or {}
  local command = freeipmi_login({ "ipmipower" }, self:login(o), o)
  return go(append(command, table.unpack(split(words))), o)
end

-- A connection as OpenIPMI's programs want it.
local function openipmi_login(who, o)
  local kind = kind15(who)
  local words = { "-U", who.user, "-P", who.password }
  if kind then
    append(words, "-A", kind == "PASSWORD" and "straight" or kind:lower())
  else
    append(words, "-A", "rmcp+")
    if who.suite then error("OpenIPMI is not told suites by number", 0) end
  end
  if o.privilege then append(words, "-L", o.privilege) end
  return append(words, "-p", who.port, who.host)
end

--- Run OpenIPMI's openipmicmd with one command, in hexadecimal: "0f 00 06 01",
--- which is the channel (0f is the BMC itself), the LUN, network function,
--- command, data.
---@param octets string
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:openipmicmd(octets, options)
  local o = options or {}
  local command = append({ "openipmicmd", "-k", octets, "lan" },
                         table.unpack(openipmi_login(self:login(o), o)))
  -- It ends with its input, answered or not.
  local p = started(command, o)
  if o.start then return p end
  p:expect({ "%f[%x]%x%x %x%x %x%x %x%x", "[Uu]nable", "[Ff]ailed", "[Tt]imed? ?out" }, 20)
  return p:close_input():wait()
end

--- A dialogue with OpenIPMI's shell, openipmish, connected as domain d: each
--- command, and the pattern that its answer has.
---@param dialogue string[] {command, pattern, command, pattern, ...}
---@param options? table also how (of domain open; "-noall" unless said)
---@return ipmilab.Result
function Client:openipmi(dialogue, options)
  local o = options or {}
  local login = table.concat(openipmi_login(self:login(o), o), " ")
  local shell = started({ "openipmish" }, o)
  shell:write(("domain open d %s -wait_til_up lan %s\n"):format(o.how or "-noall", login))
  shell:expect("Domain Created: d", 20)
  for i = 1, #dialogue, 2 do
    shell:write(dialogue[i] .. "\n")
    shell:expect(dialogue[i + 1] or "\n", 20)
  end
  return shell:write("exit\n"):wait()
end

-- An address of this machine at a certain port, for a client that wants it so.
local function at_port(self, lan, port, reason)
  local ports = self.chassis.ports
  if ports and ports[lan] and ports[lan].port == port then return ports[lan] end
  local why
  for n = 1, 250 do
    local at
    at, why = open_port(self, lan, ("127.62.3.%d"):format(n), port)
    if at then return at end
    if why:find("ermission") then break end
  end
  suite.api.skip(("%s: %s"):format(reason, tostring(why)))
end

-- Port 623, which only root may open.
local function at_623(self, lan, client)
  return at_port(self, lan, 623, client .. " knows no port but 623")
end

--- Start ipmiconsole at a terminal. Up to version 1.6.10 at least it wants a port
--- below 32768: a BMC of the lab moves to an address of 127/8 with port 9623.
---@param words? string|string[] its options
---@param options? ipmilab.ClientOptions as of freeipmi()
---@return ipmilab.Program
function Client:ipmiconsole(words, options)
  local o = { pty = true }
  for name, value in next, options or {} do o[name] = value end
  if self.chassis then at_port(self, o.lan or 0, 9623, "ipmiconsole wants a low port") end
  local command = freeipmi_who({ "ipmiconsole" }, self:login(o), o)
  return started(append(command, table.unpack(split(words))), o)
end

--- Run ipmiping or rmcpping, which know no port but 623: see ipmiutil().
---@param tool string
---@param words? string|string[] its options
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:ping(tool, words, options)
  local o = options or {}
  if self.chassis then at_623(self, o.lan or 0, tool) end
  local who = self:login(o)
  if who.port ~= 623 then suite.api.skip(tool .. " knows no port but 623") end
  return go(append(append({ tool }, table.unpack(split(words))), who.host), o)
end

--- Run ipmiutil. It knows no port but 623: a BMC of the lab moves to an address
--- of 127/8 with that port, which only root may open.
---@param words string|string[] its subject and options: "health"
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:ipmiutil(words, options)
  local o = options or {}
  if self.chassis then at_623(self, o.lan or 0, "ipmiutil") end
  local who = self:login(o)
  if who.port ~= 623 then suite.api.skip("ipmiutil knows no port but 623") end
  local kind = kind15(who)
  local command = append({ "ipmiutil" }, table.unpack(split(words)))
  append(command, "-N", who.host, "-U", who.user, "-P", who.password, "-V",
         use("codes").privileges[o.privilege or "admin"], "-F", kind and "lan" or "lan2")
  local types = { NONE = 0, MD2 = 1, MD5 = 2, PASSWORD = 4 }
  if kind then append(command, "-T", types[kind]) end
  if who.suite and not kind then append(command, "-J", who.suite) end
  return go(command, o)
end

local PYGHMI = [[
import os, sys
from pyghmi.ipmi.command import Command
host, port, user, password, statements = sys.argv[1:]
bmc = Command(bmc=host, port=int(port), userid=user, password=password)
exec(statements)
sys.stdout.flush()
bmc.ipmi_session.logout()
os._exit(0)
]]

-- A Python that has pyghmi; the first in PATH need not.
local function python_with_pyghmi()
  for _, python in ipairs { "python3", "/usr/bin/python3" } do
    if core.program_find(python) and
       run.api.run({ python, "-c", "import pyghmi" }).status == 0 then
      return python
    end
  end
  suite.api.skip("pyghmi is not installed")
end

--- Run Python statements with pyghmi's Command as bmc.
---@param statements string
---@param options? ipmilab.ClientOptions
---@return ipmilab.Result
function Client:pyghmi(statements, options)
  local o = options or {}
  local who = self:login(o)
  suite.acting()
  local python = python_with_pyghmi()
  return go({ python, "-c", PYGHMI, who.host, tostring(who.port), who.user, who.password,
              statements }, o)
end

for name, fn in next, Client do Mc[name] = fn end

return { api = {}, Client = Client, split = split }
