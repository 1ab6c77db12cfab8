-- The server that will not boot: a lesson. Its README.md tells the learner what to do.
--
--     ipmilab run lab.lua
tags "lab"

local STATUS, CLEAR_SEL = { 0x00, 0x01 }, { 0x0a, 0x47 }
local FAILED = "Fan 2A"

-- ---- what has happened ----

-- A server that starts in four seconds, so that nobody has to wait.
local server = bmc { name = "no-boot", emu = [[
include "server-1u.emu"
host_delay boot 4000
]], conf = [[
startlan 1
  addr 127.0.0.1 0
  priv_limit admin
  allowed_auths_admin md5
endlan
user 2 true "ADMIN" "ADMIN" admin 10
]] }
local host = server.chassis.host
local well = server:sensor(FAILED):value()

server:sensor(FAILED):set(0)                         -- a fan stands still
sleep("25m")
host:power "off"                                     -- then the mains fail
server:cmd(0x00, 0x06, { 0x00 })                     -- restore policy: stay off
sleep("1h")
server:cmd(0x00, 0x08, { 0x03, 0x1f })               -- what is to be booted is not forgotten
server:set_boot_device("bios", true)                 -- somebody left it so

-- ---- what happens now ----

local did = {}

local function light_is_on()
  return server:cmd(STATUS[1], STATUS[2])[3] >> 4 & 3 ~= 0
end

-- A technician swaps the fan that the asset tag names, when the identify light shows him the server.
local function technician(lesson)
  local tag = server:asset_tag()
  local ok, fan = pcall(server.sensor, server, tag)
  if did.swapped == tag or not ok or fan.type ~= 0x04 or not light_is_on() then return end
  did.swapped = tag
  lesson:say("A technician sees the light, opens the server, and swaps " .. tag .. ".")
  if tag == FAILED then
    fan:set(well)
    did.mended = true
  else
    did.wrong_fan = tag
  end
end

server:on("command", { netfn = CLEAR_SEL[1], cmd = CLEAR_SEL[2], what = "answered" }, function()
  if not did.read then did.cleared = true end
end)
server:on("command", { netfn = 0x0a, cmd = 0x43, what = "answered" }, function() did.read = true end)
server:on("power", "on", function()
  if not did.mended then did.hot = true end
end)

-- ---- what is to be done ----

local lesson = lesson "The server that will not boot"

lesson:task { "See how the chassis is: its power, and what it does when mains power comes back",
  seen = { { "Get Chassis Status", link = "lan", answer = true, cc = 0x00 } },
  hints = { "What is not known of a computer's outside is asked of its chassis.",
            "ipmitool ... chassis status" } }

lesson:task { "Read the event log: what happened before it went off?",
  seen = { { "Get SEL Entry", link = "lan", answer = true, cc = 0x00 } },
  wrong = function()
    return did.cleared and "The log was cleared before anybody had read it. What it knew is gone."
  end,
  hints = { "The BMC keeps a log of what its sensors told, the SEL.",
            "ipmitool ... sel elist: the last lines are the youngest.",
            "Two thresholds of one sensor were passed, one after the other, in the same second." } }

lesson:task { "Have the fan swapped that failed: write its name into the asset tag, and light the "
    .. "identify light",
  holds = function()
    if not did.mended then
      return false, not light_is_on() and "The identify light is off." or
        "The asset tag does not name the fan that failed."
    end
    return true
  end,
  wrong = function()
    return did.wrong_fan and ("%s was swapped, and was well."):format(did.wrong_fan)
  end,
  hints = { "The technician looks for the light, and reads the asset tag.",
            "ipmitool ... dcmi set_asset_tag \"Fan 9Z\", with the name as the sensor list has it, and "
            .. "ipmitool ... chassis identify force",
            "Which fan turns with 0 RPM? ipmitool ... sdr type fan" } }

lesson:task { "Let the server start by itself when mains power comes back",
  holds = function()
    local policy = server:chassis_status().policy
    return policy ~= "always-off", ("The restore policy is %s."):format(policy)
  end,
  hints = { "What a server does then is its power restore policy.",
            "ipmitool ... chassis policy list shows the three there are.",
            "ipmitool ... chassis policy always-on; or previous, as it was before." } }

lesson:task { "Let it boot from its disk from now on, and not into firmware's setup",
  holds = function()
    local boot = server:boot_device()
    if not boot.valid or boot.device == 0 or boot.device == 2 and boot.persistent then return true end
    return false, boot.device == 6 and "It boots into firmware's setup." or
      boot.device == 2 and "It boots from its disk the next time, and only then." or
      "It does not boot from its disk."
  end,
  hints = { "Who said last what to boot from, and for how long? ipmitool ... chassis bootparam get 5",
            "ipmitool ... chassis bootdev disk says it for one start; there is an option for more.",
            "ipmitool ... chassis bootdev disk options=persistent" } }

lesson:task { "Start it, and wait until its operating system runs",
  holds = function()
    return host:stage() == "os", ("The host is %s; on it runs: %s."):format(host:state(), host:stage())
  end,
  wrong = function()
    return did.hot and "It was started without its fan, and the processor got hot."
  end,
  hints = { "First see to the fan.", "ipmitool ... chassis power on, and a few seconds' patience." } }

lesson:task { "Put the identify light out again: the next technician should not open this server",
  holds = function() return did.mended and not light_is_on() end,
  hints = { "ipmitool ... chassis identify 0" } }

every("500ms", function() technician(lesson) end)
lesson:teach(server)
