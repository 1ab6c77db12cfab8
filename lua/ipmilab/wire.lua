-- wire.lua - a console of datagrams as they are: what a scenario sends, octet
-- by octet, and what comes back.

local use, core = ...
local bytes = use "bytes"
local console = use "console"
local packet = use("packet").packet
local span = use "span"
local suite = use "suite"
local task = use "task"

local Mc = use("lab").Mc
local M = {}

---@class ipmilab.Wire: ipmilab.Commands an address of its own before a BMC
---@field user string who logs in unless a log-in says otherwise
---@field password string
local Wire = {}
Wire.__index = Wire
Wire.__name = "wire"

-- What a wire waits for an answer: a BMC in the lab answers at once or never. One
-- outside may be busy: it is asked for something else after a while, and what
-- has not come soon after it answered that does not come any more.
local PATIENCE = "1s"
local PATIENCE_OUTSIDE = 2000000000           -- ns
M.pause = 100000000                           -- until it is asked, and after it answered

-- A wire of a console of raw datagrams, by its number.
function M.new(id, user, password)
  return setmetatable({ id = id, user = user or "ADMIN", password = password or "ADMIN" }, Wire)
end

--- Send a datagram as it is.
---@param octets string|integer[]
function Wire:send(octets)
  suite.acting()
  core.console_send(self.id, bytes.of(octets))
end

local function receive_until(wire, at, otherwise)
  local found
  task.watch(function()
    found = core.console_receive(wire.id)
    return found or otherwise and otherwise()
  end, at)
  return found
end

-- Get Channel Authentication Capabilities, which needs no session.
local function send_probe(facts)
  local probe = core.target_console(facts.host, facts.port)
  core.console_send(probe, packet.v15 { message = packet.message { cmd = 0x38, data = { 0x0e, 4 } } })
  return function() return core.console_receive(probe) end
end

local function receive_outside(wire)
  local limit = core.now() + PATIENCE_OUTSIDE
  local found = receive_until(wire, core.now() + M.pause)
  if found then return found end
  return receive_until(wire, limit, send_probe(core.target())) or
         receive_until(wire, core.now() + M.pause)
end

--- The oldest datagram that arrived and was not taken yet; nil when none
--- comes within the time.
---@param timeout? number|string a second unless said; of a target: until it has
---  answered something else that it was asked later
---@return string?
function Wire:receive(timeout)
  suite.acting()
  local found = core.console_receive(self.id)
  if found then return found end
  if not timeout and core.target() then return receive_outside(self) end
  return receive_until(self, core.now() + span.ns(timeout or PATIENCE))
end

--- Send a datagram; its answer's fields (packet.parse), or nil.
---@param octets string
---@param timeout? number|string
---@return table?
function Wire:exchange(octets, timeout)
  self:send(octets)
  local datagram = self:receive(timeout)
  if not datagram then return nil end
  local fields, why = packet.parse(datagram)
  if not fields then suite.fail("the answer is whole", "a packet", why) end
  return fields
end

--- Claim that nothing arrives.
---@param claim? string
---@param timeout? number|string a second unless said; of a target as of receive()
function Wire:expect_silence(claim, timeout)
  local datagram = self:receive(not core.target() and timeout or nil)
  if datagram then
    suite.fail(claim or "there is no answer", "silence", bytes.show(datagram))
  end
end

local next_rq_seq = 0

-- Sequence numbers of messages, one after another.
function M.rq_seq()
  next_rq_seq = (next_rq_seq + 1) % 64
  return next_rq_seq
end

-- The answer to a message among what arrives: a reply. take(fields) gives the
-- message of a datagram, or nil for what is not looked at.
function M.await(wire, netfn, cmd, rq_seq, take, timeout)
  local outside = not timeout and core.target() ~= nil
  local deadline = core.now() + (outside and PATIENCE_OUTSIDE or span.ns(timeout or PATIENCE))
  while true do
    local left = math.max(0, deadline - core.now()) / 1e9
    local datagram = wire:receive(not (outside and left > 0) and left or nil)
    if not datagram then return console.reply_of(true) end
    local octets = take(packet.parse(datagram))
    local m = octets and packet.parse_message(octets)
    if m and m.netfn == netfn | 1 and m.cmd == cmd and m.rq_seq == rq_seq then
      if not m.sums then suite.fail("the answer's checksums are right", "0", "another sum") end
      local reply = console.reply_of(false, m.cc, m.data)
      reply.message, reply.octets = m, octets
      return reply
    end
  end
end

--- Ask without a session and wait for the answer. Options: format ("1.5", or
--- "2.0" for the wrapper of RMCP+), timeout, message (fields of the message,
--- or its octets), and any field of the packet.
--- ```lua
--- local wire = bmc("server-1u"):wire()
--- -- Get Channel Authentication Capabilities needs no session ...
--- expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))
--- -- ... and a wrong checksum no answer.
--- expect_silence(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }, { message = { checksum2 = 0 } }))
--- ```
---@param netfn integer
---@param cmd integer
---@param data? string|integer[]
---@param o? table
---@return ipmilab.Reply
function Wire:cmd(netfn, cmd, data, o)
  o = o or {}
  local fields = { netfn = netfn, cmd = cmd, data = data, rq_seq = M.rq_seq() }
  local message = o.message
  if type(message) ~= "string" then
    for name, value in next, message or {} do fields[name] = value end
    message = packet.message(fields)
  end
  local p = { message = message, payload = message }
  for name, value in next, o do
    if name ~= "message" then p[name] = value end
  end
  self:send(o.format == "2.0" and packet.v20(p) or packet.v15(p))
  return M.await(self, netfn, cmd, fields.rq_seq, function(found)
    return found and (found.kind == "1.5" or found.kind == "2.0") and found.payload
  end, o.timeout)
end

--- A wire to this BMC: an address of its own, for packets made by hand.
--- ```lua
--- local wire = bmc("server-1u"):wire()
--- wire:send(packet.asf())                  -- a presence ping
--- expect_eq(packet.parse(wire:receive()).type, 0x40)
--- ```
---@param options? { lan?: integer, user?: string, password?: string } who logs in by it
---@return ipmilab.Wire
function Mc:wire(options)
  suite.acting()
  local o = options or {}
  return M.new(core.console_new(self.chassis.unit, o.lan or 0), o.user, o.password)
end

local Target = use("target").Target

--- The same to a BMC outside.
---@param options? { user?: string, password?: string } who logs in by it
---@return ipmilab.Wire
function Target:wire(options)
  suite.acting()
  local o = options or {}
  local user = o.user or self.user
  return M.new(core.target_console(self.host, self.port), user,
               o.password or (user == self.user and self.password or ""))
end

for name, fn in next, use("commands").Commands do Wire[name] = fn end

M.api = {}
M.Wire = Wire
return M
