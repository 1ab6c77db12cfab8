-- The silent satellite: a lesson about what is behind a BMC. Its README.md tells the learner what
-- to do.
--
--     ipmilab run lab.lua
tags "lab"

local SILENT, BABBLER = 0x72, 0x76

-- ---- what has happened ----

local b = bmc { name = "silent-satellite", emu = 'include "twin.emu"\n', conf = [[
startlan 1
  addr 127.0.0.1 0
  priv_limit admin
  allowed_auths_admin md5
endlan
user 2 true "ADMIN" "ADMIN" admin 10
]] }
local chassis = b.chassis
local bus = chassis:bus()

-- Node A tells nobody of its events, and its processor is hot.
local node_a = chassis:mc(SILENT)
expect_cc(node_a:cmd(0x04, 0x00, { 0xff, 0x00 }))
node_a:sensor(1):set(92)

-- It has room for one message, and needs long for each while its neighbour asks it.
bus:manner(SILENT, { frames = 1, processing = "46500us" })

-- A fan controller, which asks node A for its temperature, does not hear the answer, and asks again
-- at once, for ever: until it is reset.
local did = { babbles = true }
local fans
fans = chassis:controller(BABBLER, {
  ["06 01"] = function() return 0, hex "51 01 01 00 02 20 d9 7e 00 99 03" end,
  ["06 02"] = function() did.babbles, did.reset = false, true; return 0 end,
  ["06 03"] = function() did.babbles, did.reset = false, true; return 0 end,
  ["06 04"] = function() return 0, { 0x55, 0x00 } end,
  ["04 2d"] = function() return 0, { 0x80, 0xc0, 0x00 } end,
})

spawn(function()
  local question = packet.message { rs_addr = SILENT, rq_addr = BABBLER, rq_seq = 0x15, netfn = 0x04,
                                    cmd = 0x2d, data = { 0x01 } }
  while did.babbles do
    fans:send(question)
    sleep("23ms")
  end
  bus:manner(SILENT, {})
end)

sleep("20s")

-- ---- what the learner can ask for ----

local function print_statistics()
  local s = bus:stats()
  print(("  the bus: %d frames whole, %d not acknowledged, %d sent again; in use %.1f %% of the time")
    :format(s.frames, s.naks + s.data_naks, s.retries, s.utilisation * 100))
  print("  address      sent  received   refused")
  for _, address in ipairs { 0x20, SILENT, 0x74, BABBLER } do
    local n = bus:node(address)
    print(("  %02Xh     %9d %9d %9d"):format(address, n.frames_sent, n.frames_received, n.naks))
  end
end

local lesson = lesson "The silent satellite"
lesson:tool "raw 0x30 0x10    what the bus has counted"
lesson:tool "raw 0x30 0x11    keep a trace; it says where"

b:command(0x30, 0x10, { privilege = "user" }, function()
  did.looked = true
  lesson:say "The bus has counted:"
  print_statistics()
  return 0
end)

b:command(0x30, 0x11, { privilege = "user" }, function()
  did.looked, did.wants_trace = true, true
  return 0
end)

every("250ms", function()
  if not did.wants_trace then return end
  did.wants_trace = false
  lesson:say("The trace is in " .. trace:save("silent-satellite.pcapng"))
end)

-- ---- mistakes ----

for _, address in ipairs { SILENT, 0x74 } do
  chassis:mc(address):on("reset", "cold", function() did.wrong_reset = did.wrong_reset or address end)
end
b:on("command", { netfn = 0x0a, cmd = 0x47, what = "answered" }, function()
  if did.event and not did.read then did.cleared = true end
end)
b:on("command", { netfn = 0x0a, cmd = 0x43, what = "answered" }, function()
  if did.event then did.read = true end
end)
b:on("sel", "added", function(e)
  if e.record:byte(8) == SILENT then did.event = true end
end)

-- ---- what is to be done ----

-- A request that the BMC carried to a satellite for the learner.
local function bridged(address, fields)
  local spec = { link = "ipmb", from = 0x20, to = address, answer = false }
  for key, value in pairs(fields or {}) do spec[key] = value end
  return spec
end

local function answered(address, netfn, cmd)
  return { link = "ipmb", from = address, to = 0x20, netfn = netfn, cmd = cmd, answer = true, cc = 0x00,
           fate = "delivered" }
end

lesson:task { "Ask each of the satellites 72h, 74h and 76h who it is, by way of the BMC",
  seen = { { link = "lan", name = "Send Message" }, answered(0x74, 0x06, 0x01),
           answered(BABBLER, 0x06, 0x01), bridged(SILENT) },
  hints = { "The BMC carries a request over its bus to the address that -t names.",
            "ipmitool ... -t 0x74 mc info" } }

lesson:task { "Look at the bus: its counters, or a trace of it",
  holds = function() return did.looked end,
  hints = { "This lab counts for you: ipmitool ... raw 0x30 0x10. Ask twice, some seconds apart.",
            "ipmitool ... raw 0x30 0x11 keeps a trace; read it with ipmilab trace print FILE, or Wireshark." } }

lesson:task { "Say which controller babbles: write its address, such as 7E, into the asset tag",
  holds = function()
    return b:asset_tag():lower():gsub("^0x", ""):gsub("h$", "") == ("%02x"):format(BABBLER),
      "The asset tag does not name it."
  end,
  hints = { "Whose counters grow although nobody asked for anything?",
            "In the trace the same request comes every 24 ms: the first address of its line is who sends it.",
            "ipmitool ... dcmi set_asset_tag 7E" } }

lesson:task { "Make it stop",
  holds = function() return not did.babbles end,
  wrong = function()
    return did.wrong_reset and ("%02Xh was reset, and had done nothing."):format(did.wrong_reset)
  end,
  hints = { "It hangs in a loop. What does one do with what hangs in a loop?",
            "ipmitool ... -t 0x7e mc reset cold, with the right address" } }

lesson:task { "Read how hot the processor of node A (72h, sensor 1) is",
  seen = { answered(SILENT, 0x04, 0x2d) },
  hints = { "It answers as soon as nobody else keeps it busy.",
            "ipmitool ... sdr elist all asks all sensors, also those of satellites." } }

lesson:task { "Let node A tell the BMC of its events again",
  holds = function()
    local r = node_a:cmd(0x04, 0x01)
    return r.cc == 0 and r[1] == 0x20, ("Its event receiver is %02Xh."):format(r[1] or 0xff)
  end,
  hints = { "Its processor is too hot, and the log says nothing of it. Ask it whom it tells: Get Event "
            .. "Receiver is raw 4 1.",
            "FFh means nobody. Set Event Receiver is raw 4 0 ADDRESS LUN; the BMC is 20h.",
            "ipmitool ... -t 0x72 raw 4 0 0x20 0" } }

lesson:task { "Find its event in the log",
  holds = function() return did.event and did.read end,
  wrong = function() return did.cleared and "The log was cleared before the event was read." end,
  hints = { "Setting the event receiver made it tell again what stands.",
            "ipmitool ... sel elist; -v shows the generator, 72h." } }

lesson:teach(b)
