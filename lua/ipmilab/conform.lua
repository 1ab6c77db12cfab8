-- conform.lua - claims that scenarios about the conformance of a BMC make
-- again and again.

local use, core = ...
local codes = use "codes"
local suite = use "suite"

local api = {}

--- Wait until a predicate gives something true, and ask it once a second: for
--- what only questions tell, as of a BMC elsewhere.
---@param predicate fun(): any
---@param timeout number seconds
---@param what string for the failure: what was waited for
---@return any
function api.poll(predicate, timeout, what)
  suite.acting()
  for _ = 0, timeout do
    local value = predicate()
    if value then return value end
    use("time").api.sleep(1)
  end
  suite.fail(("within %d s: %s"):format(timeout, what), "it happens", "it did not")
end

--- End the test as skipped when the answer is C1h: the specification leaves it
--- to a BMC whether it has this command. Gives the answer.
--- ```lua
--- local reply = optional(target():cmd(0x06, 0x08), "Get Device GUID")
--- expect_eq(#reply.data, 16)
--- ```
---@param reply ipmilab.Reply
---@param command string its name
---@return ipmilab.Reply
function api.optional(reply, command)
  suite.acting()
  if reply.cc == 0xc1 then suite.api.skip("this BMC does not have " .. command) end
  return reply
end

--- Claims about what the specification leaves open: the lab's own BMC is held to
--- them; where a target does otherwise the test ends as skipped.
--- ```lua
--- left_open("octets too many may be ignored", function()
---   expect_cc(target():cmd(0x06, 0x01, { 0 }), 0xc7)
--- end)
--- ```
---@param why string what a BMC may do instead
---@param claims fun()
function api.left_open(why, claims)
  suite.acting()
  if not core.target() then return claims() end
  local ok, e = pcall(claims)
  if ok then return end
  if type(e) == "table" and e[suite.Claim] then suite.api.skip(why) end
  error(e, 0)
end

--- Claim that the completion code is one of several.
---@param reply ipmilab.Reply
---@param allowed integer[]
---@param claim? string
---@return ipmilab.Reply
function api.expect_cc_of(reply, allowed, claim)
  suite.acting()
  local words = {}
  for i, cc in ipairs(allowed) do
    if reply.cc == cc then return reply end
    words[i] = codes.cc(cc)
  end
  return suite.fail(claim or "the completion code", table.concat(words, " or "), tostring(reply))
end

--- Claim that a request was answered, and refused: any completion code but 00h.
---@param reply ipmilab.Reply
---@param claim? string
---@return ipmilab.Reply
function api.expect_refused(reply, claim)
  suite.acting()
  if reply.timed_out or reply.cc == 0 then
    suite.fail(claim or "it is refused", "a completion code other than 00h", tostring(reply))
  end
  return reply
end

return { api = api }
