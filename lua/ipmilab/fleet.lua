-- fleet.lua - many BMCs at once.

local use, core = ...
local lab = use "lab"
local span = use "span"
local suite = use "suite"
local task = use "task"

local api = {}

---@class ipmilab.Fleet a list of BMCs: room[1], #room, ipairs(room)
local Fleet = {}
Fleet.__index = Fleet
Fleet.__name = "fleet"

--- Put so many of a machine into the lab, each with a GUID, MAC address and serial numbers of its
--- own: a list of their BMCs.
---@param machine string|table as of bmc()
---@param count integer
---@return ipmilab.Fleet
function api.fleet(machine, count)
  suite.acting()
  if math.type(count) ~= "integer" or count < 1 then
    error(("fleet(): found %s; expected how many"):format(tostring(count)), 0)
  end
  local fleet = setmetatable({}, Fleet)
  for n = 1, count do fleet[n] = lab.api.bmc(machine) end
  return fleet
end

--- Do something with each of them, as tasks of their own that run side by side, and wait until all
--- have ended.
---@param fn fun(bmc: ipmilab.Mc, n: integer)
---@param timeout? number|string a minute unless said
function Fleet:each(fn, timeout)
  local left, limit = #self, span.ns(timeout or 60)
  for n, mc in ipairs(self) do
    task.spawn(function()
      fn(mc, n)
      left = left - 1
    end)
  end
  if not task.watch(function() return left == 0 end, core.now() + limit) then
    suite.fail(("each of %d ends within %s"):format(#self, span.text(limit)), "all",
               ("%d have not"):format(left))
  end
end

-- All at NETWORK.1 and so on; nil, and why when one cannot be opened.
local function open_all(fleet, network)
  for n, mc in ipairs(fleet) do
    local ok, why = pcall(mc.listen, mc, { host = ("%s.%d"):format(network, n), port = 623 })
    if not ok then
      for i = 1, n - 1 do fleet[i]:unlisten() end
      return nil, tostring(why)
    end
  end
  return true
end

--- Let programs outside reach them at port 623 of one address of 127/8 each, in a row; gives the host
--- range as FreeIPMI writes it: "127.62.100.[1-20]". Only root may open that port: the test is skipped
--- otherwise.
---@return string
function Fleet:range()
  suite.acting()
  if #self > 254 then error("range(): there are more than 254", 0) end
  for net = 100, 199 do
    local network = ("127.62.%d"):format(net)
    local opened, why = open_all(self, network)
    if opened then return ("%s.[1-%d]"):format(network, #self) end
    if why:find("ermission") then suite.api.skip("only root may open port 623") end
  end
  error("range(): no network 127.62.100 to 127.62.199 is free", 0)
end

return { api = api, Fleet = Fleet }
