-- trace.lua - claims about what crossed the links: frames, their fates and
-- instants.
--
-- Where a scenario's text has the word trace, all of a test is filmed, from
-- its beginning; else from the first use on.

local use, core = ...
local lab = use "lab"
local sandbox = use "sandbox"
local span = use "span"
local suite = use "suite"
local task = use "task"

---@class ipmilab.Frame a frame as it crossed a link
---@field at number seconds since the lab began
---@field link string "lan", "ipmb", "icmb", "sysif"; "clear": the decrypted copy of a packet; "note"
---@field number integer channel or bus
---@field direction string "to bmc", "from bmc", "on bus"
---@field fate string "delivered", "lost", "corrupted", "ignored", ...
---@field why string? of its fate: the fault's name, the reason of a drop
---@field bytes string as it arrived
---@field name string? "Get Device ID", "RAKP 2", "Open Session Request", "Presence Ping", "SOL"
---@field payload string? "ipmi", "rakp 1", "open session request", "sol", ...
---@field netfn integer? and cmd, lun, seq, from, to; cc of an answer
---@field answer boolean? of a message: an answer, or a request
---@field data string of the message, or the payload
local Frame = {}
Frame.__index = Frame
Frame.__name = "frame"
Frame.__tostring = function(f)
  local what = f.name or (f.netfn and ("%02X %02X"):format(f.netfn, f.cmd)) or f.payload or "frame"
  return ("%s %s%s %s%s at %s: %s%s"):format(f.link, what,
    f.answer and " answer" or "", f.direction, f.cc and (", %02Xh"):format(f.cc) or "",
    span.text(f.instant), f.fate, f.why and (" (%s)"):format(f.why) or "")
end

---@class ipmilab.FrameFilter what must be true of a frame
---@field [1]? string its name: "Get Device ID", "RAKP 2", "Presence Ping"
---@field name? string the same
---@field link? string "lan", "lan1", "ipmb0", a bus' name, "clear" (decrypted copies), "sysif", "icmb", "note"
---@field direction? "to bmc"|"from bmc"|"on bus"
---@field fate? string "delivered", "lost", "corrupted", "ignored", ...
---@field why? string a part of the reason
---@field netfn? integer even: with its answers; odd: answers alone
---@field cmd? integer
---@field cc? integer completion code of an answer
---@field answer? boolean an answer, or a request
---@field lun? integer
---@field seq? integer
---@field from? integer slave address, or software id
---@field to? integer
---@field payload? string "ipmi", "rakp 1", "open session request", "sol", ...
---@field session? integer session id of the packet
---@field number? integer channel or bus
---@field chassis? ipmilab.Chassis
---@field after? number|string an instant of the lab: later than that
---@field before? number|string or earlier
---@field since? integer a mark(): what comes after it
---@field within? number|string of expect(): it may still come in that span

---@class ipmilab.Trace what crossed the links of the lab
local Trace = {}
Trace.__index = Trace
Trace.__name = "trace"

local number_fields = { netfn = true, cmd = true, cc = true, lun = true, seq = true, from = true,
                        to = true, number = true, session = true }
local text_fields = { name = true, payload = true, why = true, link = true, direction = true,
                      fate = true }

local function known_words()
  local names = { answer = true, after = true, before = true, chassis = true, since = true,
                  within = true }
  for name in next, number_fields do names[name] = true end
  for name in next, text_fields do names[name] = true end
  local words = {}
  for name in sandbox.pairs(names) do words[#words + 1] = name end
  return table.concat(words, ", ")
end

local links = { lan = true, clear = true, ipmb = true, sysif = true, icmb = true, note = true }
local directions = { ["to bmc"] = true, ["from bmc"] = true, ["on bus"] = true }

local function check_word(key, value, set)
  if set[value] then return end
  local words = {}
  for word in sandbox.pairs(set) do words[#words + 1] = word end
  error(("trace: %s = %q; expected one of %s"):format(key, tostring(value),
    table.concat(words, ", ")), 0)
end

-- "lan1" is a link and a number.
local function take_link(filter, value)
  local word, number = tostring(value):match("^(%a+)(%d*)$")
  if not links[word] then
    word, number = "ipmb", core.bus_number(tostring(value))
    check_word("link", number and word or value, links)
  end
  filter.link = word
  filter.number = math.tointeger(tonumber(number)) or filter.number
end

local function take_field(filter, key, value)
  if key == "link" then return take_link(filter, value) end
  if key == "direction" then check_word(key, value, directions) end
  if number_fields[key] then
    if math.type(value) ~= "integer" then
      error(("trace: %s = %s; expected a whole number"):format(key, sandbox.tostring(value)), 0)
    end
  elseif text_fields[key] and type(value) ~= "string" then
    error(("trace: %s = %s; expected text"):format(key, sandbox.tostring(value)), 0)
  end
  filter[key] = value
end

-- What a scenario says of frames, as the primitive wants it. A first element is
-- a frame's name: { "RAKP 2", fate = "lost" }; text alone is one as well.
local function filter_of(spec)
  if type(spec) == "string" then spec = { spec } end
  if type(spec) ~= "table" then
    error(("trace: found a %s; expected a frame's name, or a table of what is known of it"):format(
      type(spec)), 0)
  end
  local filter = {}
  for key, value in sandbox.pairs(spec) do
    if key == 1 then filter.name = value
    elseif key == "after" or key == "before" then filter[key] = span.ns(value)
    elseif key == "chassis" then filter.unit = value.unit
    elseif key == "answer" then filter.answer = value
    elseif number_fields[key] or text_fields[key] then take_field(filter, key, value)
    elseif key ~= "since" and key ~= "within" then
      error(("trace: there is no %q; there are %s"):format(tostring(key), known_words()), 0)
    end
  end
  return filter, type(spec) == "table" and spec or {}
end

local function frame_at(n)
  local frame = core.trace_frame(n)
  frame.at = frame.instant / 1e9
  frame.chassis = lab.chassis_of_unit(frame.unit)
  frame.place = n
  return setmetatable(frame, Frame)
end

-- Where a search begins: everything, or behind a mark().
local function start_of(spec)
  local since = spec.since
  if since == nil then return 0 end
  if math.type(since) ~= "integer" then error("trace: since: expected a mark()", 0) end
  return since
end

local function describe(filter)
  local parts = {}
  for key, value in sandbox.pairs(filter) do
    if key == "unit" then key = "chassis" end
    if key == "name" then parts[#parts + 1] = ("%q"):format(value)
    elseif key == "after" or key == "before" then parts[#parts + 1] = key .. " " .. span.text(value)
    elseif math.type(value) == "integer" then parts[#parts + 1] = ("%s %02Xh"):format(key, value)
    else parts[#parts + 1] = ("%s %s"):format(key, tostring(value)) end
  end
  return #parts > 0 and table.concat(parts, ", ") or "any frame"
end

-- For a failure: what there was that comes nearest, the last few of its name or link.
local function nearest(filter)
  local near, lines = { name = filter.name, link = filter.link }, {}
  local n = core.trace_next(0, near)
  while n do
    lines[#lines + 1] = tostring(frame_at(n))
    if #lines > 5 then table.remove(lines, 1) end
    n = core.trace_next(n + 1, near)
  end
  if #lines == 0 then return ("none of %d events"):format(core.trace_count()) end
  return table.concat(lines, "; ")
end

--- A place in the trace: since = trace:mark() means what comes after it.
---@return integer
function Trace:mark()
  suite.acting()
  return core.trace_count()
end

--- All frames of which this is true, in their order.
---@param spec? string|ipmilab.FrameFilter text alone is a name
---@return ipmilab.Frame[]
function Trace:frames(spec)
  suite.acting()
  local filter, o = filter_of(spec or {})
  local list, n = {}, core.trace_next(start_of(o), filter)
  while n do
    list[#list + 1] = frame_at(n)
    n = core.trace_next(n + 1, filter)
  end
  return list
end

--- How many there are.
---@param spec? string|ipmilab.FrameFilter
---@return integer
function Trace:count(spec)
  suite.acting()
  local filter, o = filter_of(spec or {})
  local count, n = 0, core.trace_next(start_of(o), filter)
  while n do
    count = count + 1
    n = core.trace_next(n + 1, filter)
  end
  return count
end

-- The first frame; waits for it until an instant (nil: does not).
local function find(filter, from, at)
  local n
  local function look()
    n = core.trace_next(from, filter)
    if not n then from = core.trace_count() end
    return n
  end
  if not look() and at then task.watch(look, at) end
  return n and frame_at(n)
end

--- Claim that there is such a frame; gives the first. With within, it may
--- still come in that span.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:connect()
--- trace:expect { "RAKP 2", direction = "from bmc", fate = "delivered" }
--- ```
---@param spec string|ipmilab.FrameFilter
---@return ipmilab.Frame
function Trace:expect(spec)
  suite.acting()
  local filter, o = filter_of(spec)
  local limit = o.within and span.ns(o.within)
  local frame = find(filter, start_of(o), limit and core.now() + limit)
  if not frame then
    suite.fail(("the trace has %s%s"):format(describe(filter),
      limit and " within " .. span.text(limit) or ""), "such a frame", nearest(filter))
  end
  return frame
end

--- Wait for such a frame, from now on; gives it.
---@param spec string|table as of frames()
---@param timeout? number|string 10 seconds unless said
---@return ipmilab.Frame
function Trace:wait(spec, timeout)
  suite.acting()
  local filter, o = filter_of(spec)
  local limit = span.ns(timeout or 10)
  local frame = find(filter, o.since or core.trace_count(), core.now() + limit)
  if not frame then
    suite.fail(("%s comes within %s"):format(describe(filter), span.text(limit)),
               "such a frame", nearest(filter))
  end
  return frame
end

--- Claim that there is no such frame.
--- ```lua
--- local bmc = bmc "server-1u"
--- local session = bmc:connect()
--- local mark = trace:mark()
--- session:device_id()
--- trace:none { payload = "rakp 1", since = mark }
--- ```
---@param spec string|table as of frames()
function Trace:none(spec)
  suite.acting()
  local filter, o = filter_of(spec)
  local frame = find(filter, start_of(o))
  if frame then suite.fail("the trace has no " .. describe(filter), "none", tostring(frame)) end
end

--- Claim that such frames come one after the other, perhaps with others
--- between them; gives them.
--- ```lua
--- bmc("server-1u"):connect():device_id()
--- trace:order { "Open Session Request", "RAKP 1", "RAKP 2", "RAKP 3", "RAKP 4", "Get Device ID" }
--- ```
---@param list (string|ipmilab.FrameFilter)[]
---@return ipmilab.Frame[]
function Trace:order(list)
  suite.acting()
  local found, from = {}, 0
  for i, spec in ipairs(list) do
    local filter, o = filter_of(spec)
    local frame = find(filter, math.max(from, start_of(o)))
    if not frame then
      suite.fail(("the trace has %s%s"):format(describe(filter),
        found[i - 1] and ", after " .. tostring(found[i - 1]) or ""),
        ("number %d of %d in this order"):format(i, #list), nearest(filter))
    end
    found[i], from = frame, frame.place + 1
  end
  return found
end

--- Keep the trace so far as a file in the folder of --traces: .pcapng with all
--- links, else a pcap of the LANs. Gives its path.
--- An error without --traces, and for a name with a folder in it.
---@param name string without a folder
---@return string
function Trace:save(name)
  suite.acting()
  return core.trace_save(name)
end

--- What crossed the links of this test's lab.
---@type ipmilab.Trace
local trace = setmetatable({}, Trace)

if suite.text and suite.text:find("%f[%w_]trace%f[^%w_]") then
  suite.before_test(function() core.trace_count() end)
end

return { api = { trace = trace }, Trace = Trace }
