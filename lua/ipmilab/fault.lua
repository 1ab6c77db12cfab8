-- fault.lua - what goes wrong in a chassis, when, how often.

local use, core = ...
local codes = use "codes"
local lab = use "lab"
local sandbox = use "sandbox"
local span = use "span"
local suite = use "suite"

local links = { lan = 0, ipmb = 2, sysif = 3, icmb = 4 }
local directions = { ["to bmc"] = 0, ["from bmc"] = 1 }
local payloads = { ipmi = 0, sol = 1, ["oem explicit"] = 2, ["open session"] = 0x10,
                   ["open session request"] = 0x10, ["open session response"] = 0x11,
                   ["rakp 1"] = 0x12, ["rakp 2"] = 0x13, ["rakp 3"] = 0x14, ["rakp 4"] = 0x15 }
local places = { frame = 0, ["header checksum"] = 1, data = 2, ["data checksum"] = 3 }

local function listing(set)
  local words = {}
  for word in sandbox.pairs(set) do words[#words + 1] = word end
  return table.concat(words, ", ")
end

local function complain(key, value, expected)
  error(("fault: %s = %s; expected %s"):format(key,
    type(value) == "string" and ("%q"):format(value) or sandbox.tostring(value), expected), 0)
end

local function word_of(set)
  return function(key, value)
    return set[value] or complain(key, value, "one of " .. listing(set))
  end
end

local function number_of(max, what)
  return function(key, value)
    if math.type(value) ~= "integer" or value < 0 or value > max then
      complain(key, value, what or ("a whole number, 0 to %d"):format(max))
    end
    return value
  end
end

local function payload_of(key, value)
  if math.type(value) == "integer" then return number_of(0x3f)(key, value) end
  return word_of(payloads)(key, value)
end

-- 0.2, "20%", in parts per million.
local function chance_of(key, value)
  local share = value
  if type(value) == "string" then
    local percent = tonumber(value:match("^([%d.]+)%s*%%$"))
    share = percent and percent / 100
  end
  if type(share) ~= "number" or not (share > 0 and share <= 1) then
    complain(key, value, "a share above 0 and up to 1, or percent such as \"20%\"")
  end
  return math.max(1, math.floor(share * 1000000 + 0.5))
end

local function offset_of(key, value)
  if value == "any" then return -1 end
  return number_of(0x7fff, "an octet's place from 0, or \"any\"")(key, value)
end

local function segment_of(key, value)
  if type(value) ~= "table" or #value == 0 then complain(key, value, "a list of slave addresses") end
  for _, address in ipairs(value) do
    if math.type(address) ~= "integer" or address < 2 or address > 0xfe or address % 2 == 1 then
      complain(key, address, "even slave addresses")
    end
  end
  return value
end

local function span_of(_, value) return span.ns(value) end

-- Which frames, and when: for every effect.
local fields = {
  direction = word_of(directions), netfn = number_of(0x3f), cmd = number_of(0xff),
  lun = number_of(3), seq = number_of(0x3f), from = number_of(0xff), to = number_of(0xff),
  payload = payload_of, probability = chance_of, every = number_of(0xffffffff),
  times = number_of(0xffffffff), span = span_of, jitter = span_of,
  count = number_of(0xffffffff), offset = offset_of, mask = number_of(0xff),
  place = word_of(places), segment = segment_of,
}
local told = { probability = "ppm" }        -- what the primitive calls them

-- How: which effect takes which of these; and what it cannot do without.
local how = { span = true, jitter = true, count = true, offset = true, mask = true, place = true,
              segment = true }
local takes = {
  lose = {}, delay = { "span", "jitter" }, duplicate = { "count", "span" }, reorder = { "span" },
  corrupt = { "offset", "place", "mask", "count" }, truncate = { "count" }, nak = { "offset" },
  stretch = { "span", "jitter", "offset" }, collide = { "span", "jitter" },
  babble = { "span", "jitter" }, stick = { "span", "jitter", "offset", "count" },
  busy = { "span", "jitter" }, dead = { "span", "jitter" }, cut = { "segment" },
}
local other = { on = true, effect = true, between = true, after = true, lasting = true, name = true }

local function known_fields(effect)
  local names = {}
  for name in next, other do names[name] = true end
  for name in next, fields do names[name] = not how[name] or nil end
  for _, name in ipairs(takes[effect] or {}) do names[name] = true end
  if not takes[effect] then
    for name in next, how do names[name] = true end
  end
  return names
end

local function check_effect(effect)
  for _, known in ipairs(core.fault_effects()) do
    if known == effect then return end
  end
  complain("effect", effect, "one of " .. table.concat(core.fault_effects(), ", "))
end

-- "lan", "lan1", "ipmb0": link and number.
local function place_of(on, rule)
  if on == nil or on == "any" then return end
  local word, number = tostring(on):match("^(%a+)(%d*)$")
  if not word or not links[word] then
    word, number = "ipmb", core.bus_number(tostring(on))
    if not number then
      complain("on", on, "lan, ipmb, icmb or sysif, perhaps with a number, a bus' name, or any")
    end
  end
  rule.link, rule.number = links[word], math.tointeger(tonumber(number))
end

-- When it can strike, in instants of the lab.
local function window_of(spec, rule)
  if spec.between then
    if spec.after or spec.lasting then
      error("fault: between says when; it goes without after and lasting", 0)
    end
    if type(spec.between) ~= "table" or #spec.between ~= 2 then
      complain("between", spec.between, "two instants after the lab began, { from, to }")
    end
    rule.since, rule.till = span.ns(spec.between[1]), span.ns(spec.between[2])
    if rule.till <= rule.since then error("fault: between ends before it begins", 0) end
    return
  end
  local now = core.now()
  if spec.after then rule.since = now + span.ns(spec.after) end
  if spec.lasting then rule.till = (rule.since or now) + span.ns(spec.lasting) end
end

local function rule_of(spec)
  check_effect(spec.effect)
  local known, rule = known_fields(spec.effect), { effect = spec.effect, name = spec.name }
  for key, value in sandbox.pairs(spec) do
    if not known[key] then
      error(("fault: there is no %s for %s; there are %s"):format(
        type(key) == "string" and ("%q"):format(key) or sandbox.tostring(key), spec.effect,
        listing(known)), 0)
    end
    if fields[key] then rule[told[key] or key] = fields[key](key, value) end
  end
  place_of(spec.on, rule)
  window_of(spec, rule)
  if spec.payload == "open session" and rule.direction == 1 then rule.payload = 0x11 end
  return rule
end

---@class ipmilab.FaultSpec what goes wrong: where, which frames, when, and how
---@field effect string "lose", "delay", "duplicate", "reorder", "corrupt", "truncate"; on a bus also "nak", "stretch", "collide", "babble", "stick", "busy", "dead", "cut"
---@field on? string "lan", "lan1", "ipmb", "ipmb0", a bus' name, "icmb", "sysif"; "any" unless said
---@field direction? "to bmc"|"from bmc" both unless said
---@field netfn? integer of the message
---@field cmd? integer
---@field lun? integer
---@field seq? integer its sequence number
---@field payload? string|integer "ipmi", "sol", "open session", "rakp 1" to "rakp 4", ...
---@field from? integer the sender's slave address
---@field to? integer the receiver's slave address
---@field after? number|string a span from now, before which it does not strike
---@field lasting? number|string a span, after which it strikes no more
---@field between? (number|string)[] two instants after the lab began, instead
---@field probability? number|string a share such as 0.2 or "20%"
---@field every? integer each so manieth frame
---@field times? integer so often at most
---@field span? number|string how long, of what takes time
---@field jitter? number|string up to so much longer, by chance
---@field count? integer of "duplicate": copies; "corrupt", "stick": octets or clocks; "truncate": octets left
---@field offset? integer|"any" an octet's place, from 0
---@field place? string of "corrupt" instead of offset: "frame", "header checksum", "data", "data checksum"
---@field mask? integer of "corrupt": bits that change
---@field segment? integer[] of "cut": slave addresses on the far side
---@field name? string for traces

---@class ipmilab.Fault something that goes wrong
local Fault = {}
Fault.__index = Fault
Fault.__name = "fault"

--- Let it go wrong no more.
--- An error when it was disarmed already.
function Fault:disarm()
  if not self.id then error("this fault was disarmed already", 0) end
  self.last = { core.fault_count(self.unit, self.id) }
  core.fault_disarm(self.unit, self.id)
  self.id = nil
end

local function counts(fault)
  if not fault.id then return fault.last[1] or 0, fault.last[2] or 0 end
  local matched, struck = core.fault_count(fault.unit, fault.id)
  if not matched then error("this fault was disarmed", 0) end
  return matched, struck
end

--- How many frames it could have struck.
---@return integer
function Fault:matched() return (counts(self)) end

--- How many frames it struck.
---@return integer
function Fault:struck() return (select(2, counts(self))) end

--- Let something go wrong from now on: a frame is lost, late, damaged, ...
--- A table; or words, as files and "ipmilab serve --fault" have them.
--- An error names the field or word that is wrong, and what would be right.
--- ```lua
--- local bmc = bmc "server-1u"
--- local lost = bmc:fault { on = "lan", effect = "lose", direction = "from bmc", times = 1 }
--- bmc:connect { timeout = "500ms" }    -- asks again
--- expect_eq(lost:struck(), 1)
--- bmc:fault "lan delay span=200ms"     -- the same in words
--- ```
---@param spec ipmilab.FaultSpec|string
---@return ipmilab.Fault
function lab.Chassis:fault(spec)
  suite.acting()
  local id
  if type(spec) == "string" then
    id = core.fault_words(self.unit, spec)
  elseif type(spec) == "table" then
    id = core.fault_arm(self.unit, rule_of(spec))
  else
    error(("fault: found a %s; expected a table, or words"):format(type(spec)), 0)
  end
  return setmetatable({ unit = self.unit, id = id }, Fault)
end

--- Let nothing go wrong any more in this chassis.
function lab.Chassis:clear_faults()
  core.fault_disarm_all(self.unit)
end

--- Let something go wrong in this controller's chassis.
---@param spec table|string as of a chassis' fault()
---@return ipmilab.Fault
function lab.Mc:fault(spec) return self.chassis:fault(spec) end

--- Set the clock of its event log ahead, or back.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:jump_clock(-3600)
--- ```
---@param seconds number
function lab.Mc:jump_clock(seconds)
  local reply = self:cmd(0x0a, 0x48)
  if reply.cc ~= 0 then suite.fail("the log's clock is told", codes.cc(0), tostring(reply)) end
  reply = self:cmd(0x0a, 0x49, string.pack("<I4", (reply:le(1, 4) + math.floor(seconds)) & 0xffffffff))
  if reply.cc ~= 0 then suite.fail("the log's clock is set", codes.cc(0), tostring(reply)) end
end

return { api = {}, Fault = Fault }
