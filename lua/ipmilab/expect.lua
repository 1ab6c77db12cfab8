-- expect.lua - claims, with differences that can be read.

local use = ...
local suite = use "suite"
local show = use "show"
local codes = use "codes"

local api = {}

-- Field by field; under: what is being compared above, for tables that lead
-- back to themselves.
local function same(a, b, under)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" then return false end
  under = under or {}
  if under[a] == b then return true end
  under[a] = b
  for k, v in next, a do
    if not same(v, b[k], under) then return false end
  end
  for k in next, b do
    if a[k] == nil then return false end
  end
  return true
end

-- Where two strings of octets part, for the failure.
local function first_difference(a, b)
  for i = 1, math.max(#a, #b) do
    if a:byte(i) ~= b:byte(i) then return i - 1 end
  end
end

--- Claim that something is true (neither nil nor false).
---@param value any
---@param claim? string
function api.expect(value, claim)
  suite.acting()
  if not value then suite.fail(claim or "it is true", "true", show(value)) end
  return value
end

--- Claim that two values are equal; tables field by field.
--- ```lua
--- local status = bmc("server-1u"):chassis_status()
--- expect_eq({ status.power, status.policy }, { true, "always-off" }, "what the factory has set")
--- ```
---@param actual any
---@param expected any
---@param claim? string
function api.expect_eq(actual, expected, claim)
  suite.acting()
  if same(actual, expected) then return end
  claim = claim or "the values are equal"
  if type(actual) == "string" and type(expected) == "string" then
    claim = ("%s (they part at octet %d)"):format(claim, first_difference(actual, expected))
  end
  suite.fail(claim, show(expected), show(actual))
end

--- Claim that two values differ.
---@param actual any
---@param other any
---@param claim? string
function api.expect_ne(actual, other, claim)
  suite.acting()
  if same(actual, other) then
    suite.fail(claim or "the values differ", "another than " .. show(other), show(actual))
  end
end

--- Claim that a number is near another.
---@param actual number
---@param expected number
---@param tolerance number
---@param claim? string
function api.expect_near(actual, expected, tolerance, claim)
  suite.acting()
  if type(actual) ~= "number" or math.abs(actual - expected) > tolerance then
    suite.fail(claim or "the number is near", ("%s, give or take %s"):format(expected, tolerance),
               show(actual))
  end
end

--- Claim that text matches a Lua pattern; gives its captures.
---@param text string
---@param pattern string
---@param claim? string
function api.expect_match(text, pattern, claim)
  suite.acting()
  local found = type(text) == "string" and table.pack(text:match(pattern))
  if not found or found[1] == nil then
    suite.fail(claim or "the text matches", pattern, show(text))
  end
  return table.unpack(found, 1, found.n)
end

--- Claim that a function raises an error whose words match a pattern.
--- ```lua
--- expect_error(function() bmc("server-1u"):sensor "no such" end, "no sensor")
--- ```
---@param fn fun()
---@param pattern? string
---@param claim? string
function api.expect_error(fn, pattern, claim)
  suite.acting()
  local ok, message = pcall(fn)
  if ok then suite.fail(claim or "it raises an error", pattern or "an error", "none") end
  if pattern and not tostring(message):find(pattern) then
    suite.fail(claim or "the error's words match", pattern, tostring(message))
  end
  return message
end

--- Claim a completion code: a number, or nil for 00h.
--- ```lua
--- local reply = bmc("server-1u"):cmd(0x06, 0x01)    -- Get Device ID
--- expect_cc(reply)
--- expect_eq(#reply, 15, "octets of the answer")
--- ```
---@param reply ipmilab.Reply
---@param cc? integer
---@param claim? string
---@return ipmilab.Reply
function api.expect_cc(reply, cc, claim)
  suite.acting()
  cc = cc or 0
  if reply.cc ~= cc then
    suite.fail(claim or "the completion code",
               codes.cc(cc), reply.cc and codes.cc(reply.cc) or tostring(reply))
  end
  return reply
end

--- Claim that there was no answer at all.
---@param reply ipmilab.Reply
---@param claim? string
function api.expect_silence(reply, claim)
  suite.acting()
  if not reply.timed_out then
    suite.fail(claim or "there is no answer", "silence", tostring(reply))
  end
end

return { api = api, show = show }
