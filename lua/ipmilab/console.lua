-- console.lua - the built-in remote console: sessions, requests, datagrams.

local use, core = ...
local bytes = use "bytes"
local codes = use "codes"
local span = use "span"
local suite = use "suite"
local task = use "task"

---@class ipmilab.Reply what came of a request
---@field cc integer? completion code; nil when there was no answer
---@field data string octets after the completion code
---@field timed_out boolean
local Reply = {}
Reply.__index = function(reply, key)
  if math.type(key) == "integer" then return reply.data:byte(key) end
  return Reply[key]
end
Reply.__len = function(reply) return #reply.data end
Reply.__tostring = function(reply)
  if reply.timed_out then return "no answer" end
  return codes.cc(reply.cc) .. (#reply.data > 0 and " " .. bytes.show(reply.data) or "")
end

--- A little-endian number of the data.
--- ```lua
--- local reply = bmc("server-1u"):cmd(0x06, 0x01)
--- expect_eq(reply:le(7, 3), bmc("server-1u"):device_id().manufacturer)
--- ```
---@param at integer first octet, from 1
---@param octets? integer 1 unless said
---@return integer
function Reply:le(at, octets)
  local size = at + (octets or 1) - 1
  if size > #self.data then
    suite.fail("the answer is long enough", size .. " octets and more", tostring(self))
  end
  return (string.unpack("<I" .. (octets or 1), self.data, at))
end

local function reply_of(timed_out, cc, data)
  if timed_out then return setmetatable({ timed_out = true, data = "" }, Reply) end
  return setmetatable({ timed_out = false, cc = cc, data = data }, Reply)
end

---@class ipmilab.ConnectOptions who opens a session, and how
---@field user? string ADMIN unless said
---@field password? string ADMIN unless said; empty for another user
---@field suite? integer cipher suite of RMCP+; 3 unless said
---@field lan15? string IPMI 1.5 instead: "md5", "md2", "straight" or "none"
---@field privilege? string "callback", "user", "operator" or "admin" (unless said)
---@field kg? string the key Kg of the BMC
---@field name_only? boolean the user is looked up by name, whatever the privilege
---@field ask_highest? boolean the highest privilege is asked for, whatever it is
---@field skip_capabilities? boolean begin without asking for the authentication capabilities
---@field timeout? number|string wait so long for an answer before it is asked again
---@field retries? integer ask so often again; 4 unless said
---@field lan? integer which LAN of the BMC; 0 unless said

---@class ipmilab.Console: ipmilab.Commands a session of the built-in remote console
---@field id integer
local Console = {}
Console.__index = Console
Console.__name = "console"

local kinds15 = { none = 0, md2 = 1, md5 = 2, straight = 4, password = 4 }

-- Options for people as the primitive wants them.
local function options_of(o)
  local kind = o.lan15 and (kinds15[o.lan15] or error(
    ("lan15 = %q; expected none, md2, md5 or straight"):format(tostring(o.lan15)), 0))
  local privilege = o.privilege or "admin"
  return {
    rmcpp = not kind, auth_type = kind or 2, suite = o.suite or 3,
    privilege = codes.privileges[privilege] or tonumber(privilege) or error(
      ("privilege = %q; expected callback, user, operator or admin"):format(tostring(privilege)), 0),
    user = o.user or "ADMIN", password = o.password or (o.user and "" or "ADMIN"), kg = o.kg,
    name_only = o.name_only, ask_highest = o.ask_highest,
    skip_capabilities = o.skip_capabilities,
    timeout = o.timeout and span.ns(o.timeout) or 0, retries = o.retries or 4,
  }
end

-- A console before the lan-th LAN of a chassis, not open yet.
local function new(unit, lan, options)
  suite.acting()
  return setmetatable({ id = core.console_new(unit, lan, options_of(options or {})) }, Console)
end

--- Its state: "idle", "opening", "open", "closing", "closed", "failed".
---@return string
function Console:state()
  return core.console_state(self.id).state
end

--- All that is known of it: state, error, violation, privilege, counters.
---@return table
function Console:info()
  return core.console_state(self.id)
end

--- Open the session; gives true, or false and why it failed.
--- ```lua
--- local console = bmc("server-1u"):console { password = "wrong" }
--- local opened, why = console:try_open()
--- expect_eq(opened, false)
--- print(why)
--- ```
---@return boolean opened
---@return string? why
function Console:try_open()
  core.console_open(self.id)
  task.watch(function()
    local state = core.console_state(self.id).state
    return state ~= "opening"
  end)
  local info = core.console_state(self.id)
  return info.state == "open", info.error
end

--- Open the session; an error when that fails.
---@return ipmilab.Console
function Console:open()
  local ok, why = self:try_open()
  if not ok then suite.fail("the session opens", "open", why or self:state()) end
  return self
end

--- Close the session.
function Console:close()
  core.console_close(self.id)
  task.watch(function() return core.console_state(self.id).state ~= "closing" end)
end

--- Send a request and wait for its answer.
--- Any completion code is a reply, and no error; so is no answer: timed_out.
---@param netfn integer even
---@param cmd integer
---@param data? string|integer[]|integer octets
---@return ipmilab.Reply
function Console:cmd(netfn, cmd, data)
  return reply_of(task.await(core.console_request(self.id, netfn, cmd, bytes.of(data))))
end

return { Console = Console, Reply = Reply, new = new, reply_of = reply_of,
         options_of = options_of }
