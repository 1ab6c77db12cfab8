-- session.lua - a session that is driven by hand: each packet in it can be
-- made otherwise than a console that makes no mistake would.

local use, core = ...
local bytes = use "bytes"
local packet_module = use "packet"
local suite = use "suite"
local wires = use "wire"
local packet, exactly = packet_module.packet, packet_module.exactly

local Console = use("console").Console
local M = {}

---@class ipmilab.Session: ipmilab.Commands a session driven by hand, on a wire
---@field wire ipmilab.Wire
---@field format string "1.5" or "2.0"
---@field id integer what the BMC calls it: in what goes to the BMC
---@field own_id integer what the console calls it: in what comes back
---@field sequence integer of the next packet
---@field received table? fields of the packet that was answered with last
local Session = {}
Session.__index = Session
Session.__name = "session"

-- Integrity algorithms: hash and octets of the code. MD5-128 is keyed with
-- the password and no HMAC. 13.28.4
local integrities = {
  [1] = { hash = "sha1", size = 12 },
  [2] = { hash = "md5", size = 16 },
  [3] = { size = 16 },
  [4] = { hash = "sha256", size = 16 },
}

-- Authentication algorithms: the hash of their HMAC. 13.28.1
M.auth_hashes = { [1] = "sha1", [2] = "md5", [3] = "sha256" }

local at_target = {}     -- sessions with a BMC elsewhere

-- Such a BMC keeps sessions that nobody closes for a minute, and has not many.
suite.after_test(function()
  for _, session in ipairs(at_target) do
    if not session.closed and not core.target().start then pcall(session.close, session, { timeout = "200ms" }) end
  end
end)

-- A session of a log-in: wire, format, id, own_id, sequence, password, and by
-- format auth_type, or auth, integrity, confidentiality (numbers) and sik.
function M.new(fields)
  local hash = M.auth_hashes[fields.auth]
  if hash then
    fields.k1 = core.hmac(hash, fields.sik, ("\1"):rep(20))
    fields.k2 = core.hmac(hash, fields.sik, ("\2"):rep(20))
  end
  local session = setmetatable(fields, Session)
  if core.target() and session.id and not session.console then
    at_target[#at_target + 1] = session
  end
  return session
end

local function copy(...)
  local new = {}
  for _, t in ipairs { ... } do
    for name, value in next, t do new[name] = value end
  end
  return new
end

-- ---- RMCP+: protection ----

--- The code of the session's integrity algorithm over octets. 13.28.4
---@param covered string
---@return string
function Session:sign(covered)
  local alg = integrities[self.integrity]
  if not alg then return "" end
  if not alg.hash then
    local key = exactly(self.password, 20)
    return core.hash("md5", key .. covered .. key)
  end
  return core.hmac(alg.hash, self.k1, covered):sub(1, alg.size)
end

-- xRC4: the key of an IV.
local function rc4_key(session, iv)
  local key = core.hash("md5", session.k2:sub(1, 16) .. iv)
  return session.confidentiality == 3 and key:sub(1, 5) or key
end

--- A payload encrypted as the session does it. o may name iv (16 octets), and
--- with AES pad (octets, instead of 1, 2, 3 ...) and pad_length. 13.29
---@param plain string
---@param o? table
---@return string
function Session:encrypt(plain, o)
  o = o or {}
  local iv = o.iv or packet.random(16)
  if self.confidentiality == 0 then return plain end
  if self.confidentiality ~= 1 then
    return "\0\0\0\0" .. iv .. core.rc4(rc4_key(self, iv), plain, 0)
  end
  local pad = o.pad
  if not pad then
    local list = {}
    for i = 1, -(#plain + 1) % 16 do list[i] = string.char(i) end
    pad = table.concat(list)
  end
  return iv .. core.aes_encrypt(self.k2:sub(1, 16), iv,
                                plain .. pad .. string.char(o.pad_length or #pad))
end

local function decrypt_rc4(session, payload)
  local offset = string.unpack("<I4", payload)
  if offset == 0 then
    session.iv, payload = payload:sub(5, 20), payload:sub(21)
  else
    payload = payload:sub(5)
  end
  return core.rc4(rc4_key(session, session.iv), payload, offset)
end

local function decrypt_aes(session, payload)
  local plain = core.aes_decrypt(session.k2:sub(1, 16), payload:sub(1, 16), payload:sub(17))
  local pads = plain:byte(-1)
  for i = 1, pads do
    if plain:byte(-1 - pads + i - 1) ~= i then
      suite.fail("the answer's confidentiality pad counts 1, 2, 3 ...", "it does", bytes.show(plain))
    end
  end
  return plain:sub(1, -2 - pads)
end

-- ---- packets out ----

local function packet15(session, message, o)
  local kind = o.auth_type or session.auth_type
  local fields = copy({ auth_type = kind, session = session.id, message = message }, o)
  if kind ~= 0 and not o.code then
    fields.code = packet.auth_code(kind, o.password or session.password, fields.session, message,
                                   fields.sequence)
  end
  fields.message = message
  return packet.v15(fields)
end

local function packet20(session, payload, o)
  local fields = copy({
    session = session.id, authenticated = session.integrity ~= 0,
    encrypted = session.confidentiality ~= 0,
    code = function(covered) return session:sign(covered) end,
  }, o)
  if fields.encrypted then payload = session:encrypt(payload, o) end
  if not o.payload then fields.payload = payload end
  return packet.v20(fields)
end

--- The session's number for the next packet; it moves on.
---@return integer
function Session:next_sequence()
  if self.console then return core.console_number(self.console) end
  local n = self.sequence
  self.sequence = n == 0xffffffff and 1 or n + 1
  return n
end

--- A packet with a payload in this session. o names what is to be otherwise:
--- any field of packet.v15 or packet.v20, of the latter also iv, pad and
--- pad_length of its encryption (confidentiality = {...}). sequence does not
--- move the session's own number.
---@param payload string a message, or what payload_type says
---@param o? table
---@return string
function Session:packet(payload, o)
  o = copy(o or {})
  if not o.sequence then o.sequence = self:next_sequence() end
  if self.format == "1.5" then return packet15(self, payload, o) end
  return packet20(self, payload, o)
end

--- A message as this session's next: netfn, cmd, data, and whatever else of
--- packet.message is to be otherwise.
---@param fields table
---@return string
function Session:message(fields)
  return packet.message(copy({ rq_seq = wires.rq_seq() }, fields))
end

-- ---- packets in ----

local function check(ok, claim, expected, actual)
  if not ok then suite.fail(claim, tostring(expected), tostring(actual)) end
end

local function take15(session, p)
  check(p.session == session.id, "the answer's session id is ours", session.id, p.session)
  local code = packet.auth_code(p.auth_type, session.password, p.session, p.payload, p.sequence)
  check((p.code or "") == code, "the answer's AuthCode is right", bytes.show(code),
        bytes.show(p.code or ""))
  return p.payload
end

local function take20(session, p)
  check(p.session == session.own_id, "the answer's session id is ours", session.own_id, p.session)
  check(p.authenticated == (session.integrity ~= 0), "the answer is authenticated as agreed",
        session.integrity ~= 0, p.authenticated)
  if p.authenticated then
    local size = integrities[session.integrity].size
    local code, covered = p.body:sub(-size), p.body:sub(1, -size - 1)
    check(code == session:sign(covered), "the answer's AuthCode is right",
          bytes.show(session:sign(covered)), bytes.show(code))
    check(#covered % 4 == 0, "what the AuthCode covers is a multiple of 4", 0, #covered % 4)
  end
  if not p.encrypted then return p.payload end
  if session.confidentiality == 1 then return decrypt_aes(session, p.payload) end
  return decrypt_rc4(session, p.payload)
end

--- The payload of a datagram's fields (packet.parse), checked and decrypted;
--- nil for what is not of this session's kind. What a BMC may not do fails the
--- test.
---@param fields table?
---@return string?
function Session:payload(fields)
  if not fields or fields.kind ~= self.format then return nil end
  self.received = fields
  if self.format == "1.5" then return take15(self, fields) end
  return take20(self, fields)
end

-- The message of a datagram; nil for other payloads.
local function message_of(session, fields)
  if fields and fields.payload_type and fields.payload_type ~= 0 then return nil end
  return session:payload(fields)
end

-- Drop what waits: answers to what the console asked itself.
local function forget(session)
  repeat local datagram = core.console_receive(session.wire.id) until not datagram
end

--- Send a request and wait for its answer. o as of packet(), also message:
--- fields of the message that are to be otherwise, or its octets; timeout.
---@param netfn integer
---@param cmd integer
---@param data? string|integer[]
---@param o? table
---@return ipmilab.Reply
function Session:cmd(netfn, cmd, data, o)
  suite.acting()
  o = copy(o or {})
  local fields = { netfn = netfn, cmd = cmd, data = data, rq_seq = wires.rq_seq() }
  local message = o.message
  if type(message) ~= "string" then
    fields = copy(fields, message or {})
    message = packet.message(fields)
  end
  o.message = nil
  if self.console then forget(self) end
  self.wire:send(self:packet(message, o))
  return wires.await(self.wire, netfn, cmd, fields.rq_seq, function(p) return message_of(self, p) end,
                     o.timeout)
end

--- Close the session. o as of cmd().
---@param o? table
---@return ipmilab.Reply
function Session:close(o)
  local reply = self:cmd(0x06, 0x3c, string.pack("<I4", self.id), o)
  self.closed = reply.cc == 0
  return reply
end

for name, fn in next, use("commands").Commands do Session[name] = fn end

--- The open session of this console, to send packets of one's own in it. Both
--- go on side by side: numbers are taken from the same count, and what arrives
--- goes to either. Not with xRC4, whose keystream only one can count.
--- ```lua
--- local hand = bmc("server-1u"):connect():by_hand()
--- -- A packet whose AuthCode is wrong is dropped.
--- expect_silence(hand:cmd(0x06, 0x01, nil, { code = ("x"):rep(12) }))
--- ```
---@return ipmilab.Session
function Console:by_hand()
  suite.acting()
  local s = core.console_secrets(self.id)
  return M.new {
    wire = wires.new(self.id), console = self.id, format = s.rmcpp and "2.0" or "1.5",
    id = s.bmc_session, own_id = s.session, auth_type = s.auth_type, auth = s.auth,
    integrity = s.integrity, confidentiality = s.confidentiality, sik = s.sik,
    password = s.password,
  }
end

M.Session = Session
return M
