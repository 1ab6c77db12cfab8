-- bus.lua - a chassis' bus, its satellites, and what links have counted.

local use, core = ...
local hook = use "hook"
local lab = use "lab"
local span = use "span"
local suite = use "suite"

---@class ipmilab.Bus the wire between the controllers of a chassis
---@field chassis ipmilab.Chassis
---@field name string "ipmb0"; of a pair "ipmb0-a"; of a carrier "ipmb-l1"
---@field n integer
local Bus = {}
Bus.__index = Bus
Bus.__name = "bus"

--- A bus of this chassis: the first, the n-th from 0, or one by its name.
--- An error when there is none, with the names of those that are.
---@param which? integer|string
---@return ipmilab.Bus
function lab.Chassis:bus(which)
  suite.acting()
  local names = core.bus_names(self.unit)
  for i, name in ipairs(names) do
    if (which or 0) == i - 1 or which == name then
      return setmetatable({ chassis = self, n = i - 1, name = name }, Bus)
    end
  end
  error(("there is no bus %s in this chassis; there are %s"):format(tostring(which),
    table.concat(names, ", ")), 0)
end

-- Spans in ns are seconds for scenarios.
local function in_seconds(stats, ...)
  for _, name in ipairs { ... } do stats[name] = stats[name] / 1e9 end
  return stats
end

--- What the bus has counted: frames (queued, frames, octets, collisions, naks,
--- data_naks, given_up, merged, broken, withdrawn, waiting, arbitration_losses,
--- retries, babbles, sticks, recoveries), for how long it was busy, babbled on
--- and stuck (seconds), utilisation (0 to 1), and fates by name.
--- ```lua
--- local bmc = bmc "twin"
--- bmc.chassis:mc(0x72):sensor("A CPU1 Temp"):set(110)
--- sleep(5)
--- expect(bmc.chassis:bus():stats().frames > 0, "the satellite has told the BMC")
--- ```
---@return table
function Bus:stats()
  local stats = in_seconds(core.bus_stats(self.chassis.unit, self.n), "busy", "babble", "stuck")
  stats.utilisation = stats.utilisation_ppm / 1000000
  stats.utilisation_ppm = nil
  return stats
end

--- What the node at an address did and saw: queued, frames_sent, octets_sent,
--- frames_received, octets_received, naks, collisions, arbitration_losses, ...
--- An error when nobody is there.
---@param address integer
---@return table
function Bus:node(address)
  return core.bus_node_stats(self.chassis.unit, self.n, address) or
    error(("nobody is at %02Xh on this bus"):format(address), 0)
end

local spans = { stretch = true, processing = true, busy = true, dead = true }
local counts = { frames = true, octets = true, refuse_at = true }

local function manner_of(how)
  local manner = {}
  for key, value in use("sandbox").pairs(how) do
    if spans[key] then
      manner[key] = span.ns(value)
    elseif counts[key] then
      manner[key] = value
    elseif key == "busy_holds" then
      manner[key] = value
    else
      error(("manner(): there is no %q; there are busy, busy_holds, dead, frames, octets, "
        .. "processing, refuse_at, stretch"):format(tostring(key)), 0)
    end
  end
  local now = core.now()
  manner.busy_until = manner.busy and now + manner.busy
  manner.dead_until = manner.dead and now + manner.dead
  return manner
end

--- What the controller of an address is like as a receiver from now on; {} is
--- one that is quick and takes everything. stretch: it holds the clock so long
--- after each octet; frames: it has room for so many, and needs processing (a
--- span) for each; octets: it has room for so many of a frame; refuse_at: which
--- octet it does not acknowledge when it is full (0: the address); busy, dead:
--- for a span from now on; busy_holds: while busy it holds the clock instead.
---@param address integer
---@param how table
function Bus:manner(address, how)
  core.bus_manner(self.chassis.unit, self.n, address, manner_of(how))
end

--- Let a fault befall this bus alone.
---@param spec ipmilab.FaultSpec
---@return ipmilab.Fault
function Bus:fault(spec)
  local own = {}
  for key, value in next, spec do own[key] = value end
  own.on = own.on or self.name
  return self.chassis:fault(own)
end

---@class ipmilab.Lan a LAN of a controller
---@field mc ipmilab.Mc
---@field n integer
local Lan = {}
Lan.__index = Lan
Lan.__name = "lan"

--- The n-th LAN of this controller, from 0.
---@param n? integer 0 unless said
---@return ipmilab.Lan
function lab.Mc:lan(n)
  suite.acting()
  core.lan_stats(self.chassis.unit, self.address, n or 0)
  return setmetatable({ mc = self, n = n or 0 }, Lan)
end

--- What it has counted: received, sent, dropped (by reason), logins,
--- logins_refused, sessions, sessions_timed_out; incoming and outgoing by fate.
---@return table
function Lan:stats()
  return core.lan_stats(self.mc.chassis.unit, self.mc.address, self.n)
end

--- What this controller has counted: bridged, bridge_answered, bridge_expired,
--- queued, queue_dropped, events_dropped, and of its port on the bus: port.
---@return table
function lab.Mc:stats()
  return core.mc_stats(self.chassis.unit, self.address)
end

-- ---- being there, and not ----

--- Put the satellite of an address back in: a fresh one, as described.
---@param address integer
---@return ipmilab.Mc
function lab.Chassis:insert(address)
  core.act(self.unit, "presence", address, true)
  local mc = self:mc(address)
  hook.inserted(self, mc)
  return mc
end

--- Pull a satellite out; all of its state is gone.
---@param address integer
function lab.Chassis:remove(address)
  core.act(self.unit, "presence", address, false)
end

--- Switch a satellite's power.
---@param address integer
---@param on boolean
function lab.Chassis:power(address, on)
  core.act(self.unit, "power", address, on)
end

--- Let the mains power of the chassis fail, or come back. Without it the host is
--- off and no controller is there; when it is back they start, and the power restore
--- policy decides about the host a second later.
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:ipmitool "chassis policy always-on"
--- bmc.chassis:mains(false)
--- sleep(10)
--- bmc.chassis:mains(true)
--- bmc.chassis.host:wait("on", "5s")
--- ```
---@param on boolean
function lab.Chassis:mains(on)
  core.act(self.unit, "mains", 0, on)
end

--- Reset a controller at once: "cold", unless said, or "warm".
---@param address integer
---@param kind? string
function lab.Chassis:reset(address, kind)
  if kind ~= nil and kind ~= "cold" and kind ~= "warm" then
    error(("reset(): found %q; expected cold or warm"):format(tostring(kind)), 0)
  end
  core.act(self.unit, "reset", address, kind ~= "warm")
end

--- Reset this controller at once: "cold", unless said, or "warm".
---@param kind? string
function lab.Mc:reset(kind) self.chassis:reset(self.address, kind) end

-- The BMC cannot be pulled out of a lab: it is silent, and begins anew.
local function silence(mc)
  mc.chassis.silenced = { mc.chassis:fault { on = "lan", effect = "lose", name = "pulled out" } }
  core.act(mc.chassis.unit, "enable", mc.address, false)
end

--- Take this controller away: a satellite out of its chassis, the BMC off the
--- network and the bus.
--- ```lua
--- local satellite = bmc("twin").chassis:mc(0x72)
--- satellite:pull_out()
--- sleep(5)
--- satellite:put_back()
--- ```
function lab.Mc:pull_out()
  local chassis = self.chassis
  if self.address ~= chassis.bmc.address then return chassis:remove(self.address) end
  if chassis.silenced then error(("%s is out already"):format(tostring(self)), 0) end
  silence(self)
end

--- Put it back: it starts afresh.
function lab.Mc:put_back()
  local chassis = self.chassis
  if self.address ~= chassis.bmc.address then return chassis:insert(self.address) end
  if not chassis.silenced then error(("%s is not out"):format(tostring(self)), 0) end
  for _, fault in ipairs(chassis.silenced) do fault:disarm() end
  chassis.silenced = nil
  core.act(chassis.unit, "enable", self.address, true)
  core.act(chassis.unit, "reset", self.address, true)
end

return { api = {}, Bus = Bus, Lan = Lan }
