-- packet.lua - packets by hand: RMCP, ASF, IPMI 1.5 and RMCP+, what sets
-- sessions up, and the messages inside.
--
-- A builder takes named fields and fills in what is not named as a console
-- that makes no mistake would; so a wrong packet is a right one with one field
-- named. Every builder knows two more: cut = n leaves the last n octets away,
-- extra = octets appends some. Numbers of several octets are little-endian
-- unless the specification says otherwise. IPMI v2.0, 13.

local use, core = ...
local bytes = use "bytes"

local M = {}

---@class ipmilab.packet builders of packets, and what takes them apart
local packet = {}

local function either(value, otherwise)
  if value == nil then return otherwise end
  return value
end

local function finish(o, octets)
  if o.cut then octets = octets:sub(1, math.max(0, #octets - o.cut)) end
  return octets .. bytes.of(o.extra)
end

local function exactly(octets, size)
  octets = octets:sub(1, size)
  return octets .. ("\0"):rep(size - #octets)
end
M.exactly = exactly

--- The checksum of octets: with it they add up to 0, modulo 256. 13.8
---@param octets string
---@return integer
function packet.checksum(octets)
  local sum = 0
  for i = 1, #octets do sum = sum + octets:byte(i) end
  return -sum & 0xff
end

--- Random octets, of the lab's chance.
---@param count integer
---@return string
function packet.random(count)
  local list = {}
  for i = 1, count do list[i] = string.char(core.chance(256)) end
  return table.concat(list)
end

-- ---- RMCP and ASF: 13.1 to 13.3 ----

local function rmcp(o, class, body)
  local r = o.rmcp or {}
  return string.pack("BBBB", r.version or 6, r.reserved or 0, r.sequence or 0xff,
                     r.class or class) .. body
end

--- An RMCP packet of any class: version, reserved, sequence, class, data.
---@param o table
---@return string
function packet.rmcp(o)
  return finish(o, rmcp({ rmcp = o }, 7, bytes.of(o.data)))
end

--- An ASF message; without fields a presence ping. Fields: iana, type, tag,
--- reserved, length, data; rmcp.
---@param o? table
---@return string
function packet.asf(o)
  o = o or {}
  local data = bytes.of(o.data)
  return finish(o, rmcp(o, 6, string.pack(">I4BBBB", o.iana or 4542, o.type or 0x80, o.tag or 0,
                                          o.reserved or 0, o.length or #data) .. data))
end

-- ---- messages: 13.8 ----

--- An IPMI message with its checksums: rs_addr, netfn, rs_lun, checksum1,
--- rq_addr, rq_seq, rq_lun, cmd, data, checksum2.
---@param o table
---@return string
function packet.message(o)
  local head = string.pack("BB", o.rs_addr or 0x20, (o.netfn or 6) << 2 | (o.rs_lun or 0))
  local body = string.pack("BBB", o.rq_addr or 0x81, (o.rq_seq or 0) << 2 | (o.rq_lun or 0),
                           o.cmd or 1) .. bytes.of(o.data)
  return finish(o, head .. string.char(o.checksum1 or packet.checksum(head)) ..
                   body .. string.char(o.checksum2 or packet.checksum(body)))
end

--- A message's fields: to, netfn, to_lun, from, rq_seq, from_lun, cmd, cc (of
--- answers), data, sums (whether both checksums are right). nil when too short.
---@param octets string
---@return table?
function packet.parse_message(octets)
  if #octets < 7 then return nil end
  local to, netfn, _, from, seq, cmd = octets:byte(1, 6)
  local m = {
    to = to, netfn = netfn >> 2, to_lun = netfn & 3, from = from, rq_seq = seq >> 2,
    from_lun = seq & 3, cmd = cmd, data = octets:sub(7, -2),
    sums = packet.checksum(octets:sub(1, 3)) == 0 and packet.checksum(octets:sub(4)) == 0,
  }
  if m.netfn & 1 == 1 then m.cc, m.data = m.data:byte(1), m.data:sub(2) end
  return m
end

-- ---- the IPMI 1.5 session wrapper: 13.6 ----

--- A packet of IPMI 1.5 around a message: auth_type, sequence, session, code
--- (16 octets), length, message (octets); rmcp. Without fields outside a
--- session.
---@param o table
---@return string
function packet.v15(o)
  local kind, message = o.auth_type or 0, bytes.of(o.message)
  local code = o.code or (kind ~= 0 and ("\0"):rep(16) or "")
  return finish(o, rmcp(o, 7, string.pack("<BI4I4", kind, o.sequence or 0, o.session or 0) ..
                              code .. string.char(o.length or #message & 0xff) .. message))
end

local auth_hashes = { [1] = "md2", [2] = "md5" }

--- The AuthCode of an IPMI 1.5 packet. 22.17.1
---@param auth_type integer 1 MD2, 2 MD5, 4 straight password
---@param password string
---@param session integer
---@param message string
---@param sequence integer
---@return string
function packet.auth_code(auth_type, password, session, message, sequence)
  local key = exactly(password, 16)
  local hash = auth_hashes[auth_type]
  if not hash then return auth_type == 0 and "" or key end
  return core.hash(hash, key .. string.pack("<I4", session) .. message ..
                         string.pack("<I4", sequence) .. key)
end

-- ---- RMCP+: 13.6, 13.28, 13.29 ----

--- A packet of RMCP+: payload_type, encrypted, authenticated (booleans), oem
--- (6 octets, behind the type), session, sequence, length, payload; of an
--- authenticated one integrity_pad, pad_length, next_header, and code: octets,
--- or a function that makes them of what they cover; rmcp, auth_format (06h).
---@param o table
---@return string
function packet.v20(o)
  local payload = bytes.of(o.payload)
  local kind = (o.payload_type or 0) | (o.encrypted and 0x80 or 0) | (o.authenticated and 0x40 or 0)
  local octets = string.pack("BB", o.auth_format or 6, kind) .. bytes.of(o.oem) ..
                 string.pack("<I4I4I2", o.session or 0, o.sequence or 0, o.length or #payload) ..
                 payload
  if o.authenticated then
    local pad = o.integrity_pad or ("\xff"):rep(-(#octets + 2) % 4)
    octets = octets .. pad .. string.pack("BB", o.pad_length or #pad, o.next_header or 7)
    octets = octets .. (type(o.code) == "function" and o.code(octets) or o.code or "")
  end
  return finish(o, rmcp(o, 7, octets))
end

-- ---- what arrives ----

local function parse_asf(p, body)
  if #body < 8 then return nil, "an ASF message is cut" end
  p.kind = "asf"
  p.iana, p.type, p.tag, p.reserved, p.length = string.unpack(">I4BBBB", body)
  p.data = body:sub(9)
  return p
end

local function parse_15(p, body)
  if #body < 10 then return nil, "the session header is cut" end
  p.kind = "1.5"
  p.auth_type, p.sequence, p.session = string.unpack("<BI4I4", body)
  local at = 10
  if p.auth_type ~= 0 then p.code, at = body:sub(10, 25), 26 end
  p.length = body:byte(at)
  if not p.length or #body < at + p.length then return nil, "the message is cut" end
  p.payload = body:sub(at + 1, at + p.length)
  p.rest = body:sub(at + p.length + 1)
  return p
end

local function parse_20(p, body)
  if #body < 12 then return nil, "the session header is cut" end
  local kind, at = body:byte(2), 3
  p.kind, p.payload_type = "2.0", kind & 0x3f
  p.encrypted, p.authenticated = kind & 0x80 ~= 0, kind & 0x40 ~= 0
  if p.payload_type == 2 then p.oem, at = body:sub(3, 8), 9 end
  p.session, p.sequence, p.length, at = string.unpack("<I4I4I2", body, at)
  if #body < at + p.length - 1 then return nil, "the payload is cut" end
  p.payload = body:sub(at, at + p.length - 1)
  p.rest = body:sub(at + p.length)
  p.body = body
  return p
end

--- A datagram's fields: kind ("asf", "1.5", "2.0", "ack" or "other") and what
--- the builder of that kind takes; rest is what follows the payload. nil and
--- why for what is not complete.
---@param datagram string
---@return table? fields
---@return string? why
function packet.parse(datagram)
  if #datagram < 4 then return nil, "the RMCP header is cut" end
  local p = {}
  p.version, p.reserved, p.rmcp_sequence, p.class = datagram:byte(1, 4)
  local body = datagram:sub(5)
  if p.class & 0x80 ~= 0 then p.kind = "ack" return p end
  if p.class == 6 then return parse_asf(p, body) end
  if p.class ~= 7 then p.kind = "other" return p end
  if body:byte(1) == 6 then return parse_20(p, body) end
  return parse_15(p, body)
end

-- ---- payloads that set an RMCP+ session up: 13.17 to 13.24 ----

local function algorithm(kind, o, name)
  local block = o[name .. "_block"] or {}
  return string.pack("<BI2BBI3", block.type or kind, block.reserved or 0, block.length or 8,
                     either(o[name], 1), 0)
end

--- The payload of Open Session Request: tag, privilege (0: the highest),
--- reserved, console (its session id), auth, integrity, confidentiality
--- (algorithms), and for each of them a NAME_block: type, reserved, length.
---@param o table
---@return string
function packet.open_session(o)
  return finish(o, string.pack("<BBI2I4", o.tag or 0, o.privilege or 0, o.reserved or 0,
                               o.console or 1) ..
                   algorithm(0, o, "auth") .. algorithm(1, o, "integrity") ..
                   algorithm(2, o, "confidentiality"))
end

--- The payload of RAKP message 1: tag, reserved, bmc (its session id), random
--- (16 octets), role, reserved2, name_length, name.
---@param o table
---@return string
function packet.rakp1(o)
  local name = o.name or ""
  return finish(o, string.pack("<BI3I4", o.tag or 0, o.reserved or 0, o.bmc or 0) ..
                   (o.random or ("\0"):rep(16)) ..
                   string.pack("<BI2B", o.role or 0x14, o.reserved2 or 0, o.name_length or #name) ..
                   name)
end

--- The payload of RAKP message 3: tag, status, reserved, bmc, code.
---@param o table
---@return string
function packet.rakp3(o)
  return finish(o, string.pack("<BBI2I4", o.tag or 0, o.status or 0, o.reserved or 0, o.bmc or 0) ..
                   (o.code or ""))
end

-- Tag and status, which every answer has, and the console's session id.
local function begin_answer(payload)
  if #payload < 2 then return nil end
  local r = { length = #payload }
  r.tag, r.status = payload:byte(1, 2)
  if #payload >= 8 then r.console = string.unpack("<I4", payload, 5) end
  return r
end

--- Open Session Response: tag, status, length, console; if the status is 0 also
--- privilege, bmc, auth, integrity, confidentiality.
---@param payload string
---@return table?
function packet.parse_open_response(payload)
  local r = begin_answer(payload)
  if not r then return nil end
  if r.status == 0 and #payload >= 36 then
    r.privilege, r.bmc = payload:byte(3), string.unpack("<I4", payload, 9)
    r.auth, r.integrity, r.confidentiality = payload:byte(17), payload:byte(25), payload:byte(33)
  end
  return r
end

--- RAKP message 2: tag, status, length, console; if the status is 0 also
--- random, guid, code.
---@param payload string
---@return table?
function packet.parse_rakp2(payload)
  local r = begin_answer(payload)
  if not r then return nil end
  if r.status == 0 and #payload >= 40 then
    r.random, r.guid, r.code = payload:sub(9, 24), payload:sub(25, 40), payload:sub(41)
  end
  return r
end

--- RAKP message 4: tag, status, length, console, code.
---@param payload string
---@return table?
function packet.parse_rakp4(payload)
  local r = begin_answer(payload)
  if r then r.code = payload:sub(9) end
  return r
end

-- ---- records ----

--- A system event record of the log, 16 octets: id, time, generator (41h, system
--- management software, unless said), sensor_type, sensor, event_type, data (up
--- to three octets; FFh for the rest). 32.1
--- ```lua
--- local bmc = bmc "server-1u"
--- local id = bmc:sel_add(packet.sel_event { sensor_type = 0x12, data = { 0x01 } })
--- expect_eq(bmc:sel_entry(id).sensor_type, 0x12)
--- ```
---@param o table
---@return string
function packet.sel_event(o)
  local data = bytes.of(o.data or 0x01)
  return finish(o, string.pack("<I2BI4I2BBBB", o.id or 0, 0x02, o.time or 0, o.generator or 0x41,
                               0x04, o.sensor_type or 0x12, o.sensor or 0, o.event_type or 0x6f) ..
                   data .. ("\xff"):rep(3 - #data))
end

M.api = { packet = packet }
M.packet = packet
return M
