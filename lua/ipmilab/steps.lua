-- steps.lua - the steps of a session, for faults that strike at one of them.

local use = ...
local sandbox = use "sandbox"

local api = {}

-- How a fault knows each step's request and answer.
local rmcpp = {
  { name = "Get Channel Authentication Capabilities", cmd = 0x38 },
  { name = "Open Session", request = "open session request", answer = "open session response" },
  { name = "RAKP 1", request = "rakp 1", answer = "rakp 2" },
  { name = "RAKP 3", request = "rakp 3", answer = "rakp 4" },
  { name = "Set Session Privilege Level", cmd = 0x3b, inside = true },
  { name = "Get Device ID", cmd = 0x01, inside = true, open = true },
  { name = "Close Session", cmd = 0x3c, inside = true, closing = true },
}
local lan15 = {
  { name = "Get Channel Authentication Capabilities", cmd = 0x38 },
  { name = "Get Session Challenge", cmd = 0x39 },
  { name = "Activate Session", cmd = 0x3a },
  { name = "Set Session Privilege Level", cmd = 0x3b, inside = true },
  { name = "Get Device ID", cmd = 0x01, inside = true, open = true },
  { name = "Close Session", cmd = 0x3c, inside = true, closing = true },
}

-- A function that adds to a fault's fields which frames are meant.
local function meaning(direction, row, payload)
  return function(fields)
    local spec = { on = "lan", direction = direction }
    if payload then spec.payload = payload
    else spec.netfn, spec.cmd = direction == "to bmc" and 0x06 or 0x07, row.cmd end
    for key, value in sandbox.pairs(fields) do spec[key] = value end
    return spec
  end
end

---@class ipmilab.Step one exchange of a session
---@field name string
---@field setup boolean a message of RMCP+ that is no IPMI message
---@field inside boolean it stands in the session
---@field open boolean a command of the open session
---@field closing boolean
---@field request fun(fields: table): table a fault of its request
---@field answer fun(fields: table): table a fault of its answer

--- The exchanges of a session, from asking what the BMC can to closing it, with
--- one command between: bmc:fault(step.answer { effect = "lose" }).
---@param format string "2.0" or "1.5"
---@return ipmilab.Step[]
function api.session_steps(format)
  local rows = format == "1.5" and lan15 or format == "2.0" and rmcpp or
               error(("session_steps(%q); expected 2.0 or 1.5"):format(tostring(format)), 0)
  local list = {}
  for i, row in ipairs(rows) do
    list[i] = {
      name = row.name, setup = row.request ~= nil, inside = row.inside or false,
      open = row.open or false, closing = row.closing or false,
      request = meaning("to bmc", row, row.request),
      answer = meaning("from bmc", row, row.answer),
    }
  end
  return list
end

--- Go through a session as session_steps() has it: open, ask, close. Gives the
--- console.
---@param bmc ipmilab.Mc
---@param format string "2.0" or "1.5"
---@param options? table as of connect()
---@return ipmilab.Console
function api.whole_session(bmc, format, options)
  local o = { lan15 = format == "1.5" and "md5" or nil }
  for name, value in next, options or {} do o[name] = value end
  local console = bmc:connect(o)
  console:device_id()
  console:close()
  return console
end

return { api = api }
