-- login.lua - log-ins by hand: one step at a time, each field of a step
-- nameable, so that a session can be opened wrongly.

local use, core = ...
local codes = use "codes"
local packet_module = use "packet"
local session = use "session"
local suite = use "suite"
local Wire = use("wire").Wire
local packet, exactly = packet_module.packet, packet_module.exactly

local M = {}
local api = {}

local function copy(...)
  local new = {}
  for _, t in ipairs { ... } do
    for name, value in next, t do new[name] = value end
  end
  return new
end

local function level_of(privilege)
  local level = codes.privileges[privilege or "admin"] or tonumber(privilege)
  return level or error(("privilege = %q; expected callback, user, operator or admin")
                          :format(tostring(privilege)), 0)
end

-- ---- IPMI 1.5: 22.16, 22.17 ----

local kinds = { none = 0, md2 = 1, md5 = 2, straight = 4, password = 4, oem = 5 }

---@class ipmilab.Login15 an IPMI 1.5 log-in by hand
---@field id integer? the temporary session id, after challenge()
---@field challenge_octets string? after challenge()
local Login15 = {}
Login15.__index = Login15

-- Whether the BMC offers an authentication type at a level.
local function offers(wire, auth_type, level)
  local r = wire:cmd(0x06, 0x38, { 0x0e, level })
  return r.cc == 0 and r[2] >> auth_type & 1 == 1
end

--- An IPMI 1.5 log-in: auth ("md5", "md2", "straight", "none"), user,
--- password, privilege. The test is skipped when the BMC does not offer that.
---@param o? table
---@return ipmilab.Login15
function Wire:login15(o)
  suite.acting()
  o = o or {}
  local auth, level = o.auth or "md5", level_of(o.privilege)
  local kind = kinds[auth] or error(("auth = %q; expected none, md2, md5 or straight")
                                      :format(tostring(auth)), 0)
  if not offers(self, kind, level) then
    suite.api.skip(("this BMC does not offer IPMI 1.5 with %s"):format(auth))
  end
  return setmetatable({
    wire = self, user = o.user or self.user, password = o.password or self.password,
    level = level, auth_type = kind,
  }, Login15)
end

--- Get Session Challenge. o may name auth_type and name.
---@param o? table
---@return ipmilab.Reply
function Login15:challenge(o)
  o = o or {}
  local r = self.wire:cmd(0x06, 0x39, string.pack("B", o.auth_type or self.auth_type) ..
                                      exactly(o.name or self.user, 16), o.packet)
  if r.cc == 0 then self.id, self.challenge_octets = r:le(1, 4), r.data:sub(5, 20) end
  return r
end

--- Activate Session. o may name auth_type, privilege (number), challenge,
--- outbound (the number that the BMC is to begin with), all of the request;
--- password; and packet, fields of the packet around.
---@param o? table
---@return ipmilab.Reply
function Login15:activate(o)
  o = o or {}
  if not self.id then suite.fail("Get Session Challenge was answered", codes.cc(0), "it was not") end
  self.outbound = o.outbound or 0x1000 + core.chance(0x10000)
  local s = session.new {
    wire = self.wire, format = "1.5", id = self.id, own_id = self.id, sequence = 0,
    auth_type = self.auth_type, password = o.password or self.password, closed = true,
  }
  local r = s:cmd(0x06, 0x3a, string.pack("BB", o.auth_type or self.auth_type,
                                          o.privilege or self.level) ..
                              (o.challenge or self.challenge_octets) ..
                              string.pack("<I4", self.outbound),
                  copy({ sequence = 0 }, o.packet or {}))
  if r.cc == 0 then
    self.activated = session.new {
      wire = self.wire, format = "1.5", id = r:le(2, 4), own_id = r:le(2, 4),
      sequence = r:le(6, 4), first = r:le(6, 4), auth_type = r[1], password = self.password,
      privilege = r[10], outbound = self.outbound, received = s.received,
    }
  end
  return r
end

--- The session, after activate(); an error when that was refused.
---@return ipmilab.Session
function Login15:session()
  return self.activated or suite.fail("the session is activated", "a session", "none")
end

-- ---- RMCP+: 13.17 to 13.24 ----

-- Suites: authentication, integrity, confidentiality. 22.15.2
local suites = {
  [0] = { 0, 0, 0 }, { 1, 0, 0 }, { 1, 1, 0 }, { 1, 1, 1 }, { 1, 1, 2 }, { 1, 1, 3 },
  { 2, 0, 0 }, { 2, 2, 0 }, { 2, 2, 1 }, { 2, 2, 2 }, { 2, 2, 3 },
  { 2, 3, 0 }, { 2, 3, 1 }, { 2, 3, 2 }, { 2, 3, 3 },
  { 3, 0, 0 }, { 3, 4, 0 }, { 3, 4, 1 }, { 3, 4, 2 }, { 3, 4, 3 },
}

local auth_hashes = session.auth_hashes
local check_sizes = { [1] = 12, [2] = 16, [3] = 16 }

---@class ipmilab.Login20 an RMCP+ log-in by hand
---@field bmc integer? the BMC's session id, after open()
local Login20 = {}
Login20.__index = Login20

--- An RMCP+ log-in: suite (3 unless said), user, password, privilege, kg,
--- lookup ("name" unless said; "level": by name and privilege).
--- ```lua
--- local login = bmc("server-1u"):wire():login { suite = 3 }
--- expect_status(login:open(), 0x00)
--- expect_status(login:rakp1 { name = "nobody" }, 0x0d)
--- ```
---@param o? table
---@return ipmilab.Login20
function Wire:login(o)
  suite.acting()
  o = o or {}
  local algs = suites[o.suite or 3] or error(("there is no suite %s"):format(o.suite), 0)
  return setmetatable({
    wire = self, user = o.user or self.user, password = o.password or self.password, kg = o.kg,
    level = level_of(o.privilege), lookup = o.lookup or "name",
    suite = o.suite or 3, auth = algs[1], integrity = algs[2], confidentiality = algs[3],
    console = 1 + core.chance(0xfffffffe), tag = core.chance(256), random = packet.random(16),
  }, Login20)
end

-- One step: send a payload, give the answer's fields, or nil.
local function step(login, kind, payload, parse, o)
  local fields = login.wire:exchange(packet.v20(copy({ payload_type = kind, payload = payload },
                                                     o.packet or {})))
  if not fields then return nil end
  if fields.payload_type ~= kind + 1 then
    suite.fail("the answer's payload type", ("%02Xh"):format(kind + 1),
               ("%02Xh"):format(fields.payload_type or 0))
  end
  local answer = parse(fields.payload)
  if not answer then
    suite.fail("the answer has a status", "2 octets and more", #fields.payload .. " octets")
  end
  return answer
end

--- Open Session. o may name fields of packet.open_session, and packet.
---@param o? table
---@return table?
function Login20:open(o)
  o = o or {}
  local fields = copy({
    tag = self.tag, privilege = self.level, console = self.console, auth = self.auth,
    integrity = self.integrity, confidentiality = self.confidentiality,
  }, o)
  local r = step(self, 0x10, packet.open_session(fields), packet.parse_open_response, o)
  if r and r.status == 0 then
    self.bmc = r.bmc
    self.auth, self.integrity, self.confidentiality = r.auth, r.integrity, r.confidentiality
  end
  return r
end

-- Statuses by which a BMC says that it does not offer a suite.
local not_offered = { [0x04] = true, [0x05] = true, [0x10] = true, [0x11] = true }

--- Open Session; the test is skipped when the BMC does not offer the suite.
---@return table
function Login20:open_or_skip()
  local r = self:open()
  if r and not_offered[r.status] then
    suite.api.skip(("this BMC does not offer suite %d"):format(self.suite))
  end
  return api.expect_status(r, 0x00, "Open Session is accepted")
end

local function hmac(login, key, octets)
  local hash = auth_hashes[login.auth]
  return hash and core.hmac(hash, key, octets) or ""
end

--- RAKP message 1. o may name fields of packet.rakp1, and packet. The answer's
--- code_good says whether the BMC knows the password.
---@param o? table
---@return table?
function Login20:rakp1(o)
  o = o or {}
  local fields = copy({
    tag = self.tag + 1 & 0xff, bmc = self.bmc, random = self.random, name = self.user,
    role = self.level | (self.lookup == "name" and 0x10 or 0),
  }, o)
  local r = step(self, 0x12, packet.rakp1(fields), packet.parse_rakp2, o)
  if r and r.status == 0 then
    self.who = string.pack("BB", fields.role, #fields.name) .. fields.name
    self.role, self.random = fields.role, fields.random
    self.bmc_random, self.guid = r.random, r.guid
    self.key = exactly(self.password, 20)
    r.code_good = r.code == hmac(self, self.key, string.pack("<I4I4", self.console, self.bmc) ..
                                                 self.random .. r.random .. r.guid .. self.who)
  end
  return r
end

-- What both sides derive from what they exchanged.
local function derive(login)
  login.sik = hmac(login, login.kg and exactly(login.kg, 20) or login.key,
                   login.random .. login.bmc_random .. login.who)
end

--- RAKP message 3. o may name fields of packet.rakp3, password, and packet.
--- The answer's code_good says whether the BMC has the same session key.
---@param o? table
---@return table?
function Login20:rakp3(o)
  o = o or {}
  if not self.who and not o.code then
    suite.fail("RAKP message 1 was accepted", "status 00h", "it was not")
  end
  local key = o.password and exactly(o.password, 20) or self.key
  local code = o.code or
               hmac(self, key, self.bmc_random .. string.pack("<I4", self.console) .. self.who)
  local fields = copy({ tag = self.tag + 2 & 0xff, bmc = self.bmc, code = code }, o)
  local r = step(self, 0x14, packet.rakp3(fields), packet.parse_rakp4, o)
  if r and r.status == 0 then
    derive(self)
    r.code_good = r.code == hmac(self, self.sik, self.random .. string.pack("<I4", self.bmc) ..
                                                 self.guid):sub(1, check_sizes[self.auth] or 0)
    self.done = r.code_good
  end
  return r
end

--- All three steps; an error when the BMC does not let us in.
---@return ipmilab.Session
function Login20:session()
  if not self.bmc then api.expect_status(self:open(), 0, "Open Session is accepted") end
  if not self.who then api.expect_status(self:rakp1(), 0, "RAKP message 1 is accepted") end
  if not self.done then api.expect_status(self:rakp3(), 0, "RAKP message 3 is accepted") end
  if not self.done then suite.fail("the BMC derives the same key", "it does", "it does not") end
  return session.new {
    wire = self.wire, format = "2.0", id = self.bmc, own_id = self.console, sequence = 1,
    auth = self.auth, integrity = self.integrity, confidentiality = self.confidentiality,
    sik = self.sik, password = self.password,
  }
end

--- A session opened by hand at the privilege asked for: o as of login(), or
--- with lan15 = "md5" (...) as of login15().
--- ```lua
--- local session = bmc("server-1u"):wire():session()
--- expect_cc(session:cmd(0x06, 0x01))
--- -- A sequence number far ahead of the window: no answer.
--- expect_silence(session:cmd(0x06, 0x01, nil, { sequence = session.sequence + 1000 }))
--- session:close()
--- ```
---@param o? table
---@return ipmilab.Session
function Wire:session(o)
  o = o or {}
  local login = o.lan15 and self:login15(copy(o, { auth = o.lan15 })) or self:login(o)
  if o.lan15 then
    login:challenge()
    login:activate()
  end
  local s = login:session()
  if login.level > 2 then
    local r = s:cmd(0x06, 0x3b, { login.level })
    if r.cc ~= 0 then
      suite.fail("Set Session Privilege Level is answered", codes.cc(0), tostring(r))
    end
  end
  return s
end

-- ---- claims ----

local statuses = {
  [0x00] = "no errors", [0x01] = "insufficient resources", [0x02] = "invalid session id",
  [0x03] = "invalid payload type", [0x04] = "invalid authentication algorithm",
  [0x05] = "invalid integrity algorithm", [0x06] = "no matching authentication payload",
  [0x07] = "no matching integrity payload", [0x08] = "inactive session id",
  [0x09] = "invalid role", [0x0a] = "unauthorized role or privilege",
  [0x0b] = "insufficient resources at the role", [0x0c] = "invalid name length",
  [0x0d] = "unauthorized name", [0x0e] = "unauthorized GUID",
  [0x0f] = "invalid integrity check value", [0x10] = "invalid confidentiality algorithm",
  [0x11] = "no cipher suite matches", [0x12] = "illegal parameter",
}

local function status_text(status)
  return ("%02Xh (%s)"):format(status, statuses[status] or "not in the table")
end

--- Claim the status of an answer to Open Session or RAKP. 13.24
---@param answer table? what open(), rakp1() or rakp3() gave
---@param status integer
---@param claim? string
---@return table
function api.expect_status(answer, status, claim)
  suite.acting()
  if not answer or answer.status ~= status then
    suite.fail(claim or "the status code", status_text(status),
               answer and status_text(answer.status) or "no answer")
  end
  return answer
end

M.api = api
return M
