-- commands.lua - the common commands by name, for whatever has cmd(): a
-- console's session, or a controller in-band. Each gives the answer's fields;
-- a completion code other than 00h is an error of the claim
-- "NAME is answered". IPMI v2.0; the section stands with each.

local use = ...
local suite = use "suite"
local codes = use "codes"

---@class ipmilab.Commands the common commands, of whatever can be asked: a BMC in-band, a console's session, a wire, a target. A completion code other than 00h, or no answer, ends the test as a claim that failed.
local Commands = {}

local function ask(who, name, netfn, cmd, data)
  local reply = who:cmd(netfn, cmd, data)
  if reply.timed_out then suite.fail(name .. " is answered", codes.cc(0), "no answer") end
  if reply.cc ~= 0 then
    suite.fail(name .. " is answered", codes.cc(0), codes.cc(reply.cc))
  end
  return reply
end

local function bit(value, n) return value >> n & 1 == 1 end

local function text(octets) return (octets:gsub("%z+$", "")) end

--- Who the controller is. 20.1
--- ```lua
--- local id = bmc("server-1u"):device_id()
--- print(("firmware %s, IPMI %s, manufacturer %d"):format(id.firmware, id.ipmi, id.manufacturer))
--- ```
---@return { id: integer, revision: integer, sdrs: boolean, firmware: string, updating: boolean, ipmi: string, support: integer, manufacturer: integer, product: integer }
function Commands:device_id()
  local r = ask(self, "Get Device ID", 0x06, 0x01)
  return {
    id = r[1], revision = r[2] & 0x0f, sdrs = bit(r[2], 7),
    firmware = ("%d.%02x"):format(r[3] & 0x7f, r[4]), updating = bit(r[3], 7),
    ipmi = ("%d.%d"):format(r[5] & 0x0f, r[5] >> 4), support = r[6],
    manufacturer = r:le(7, 3), product = r:le(10, 2),
  }
end

--- The controller's GUID, 16 octets. 20.8
---@return string
function Commands:device_guid() return ask(self, "Get Device GUID", 0x06, 0x08).data end

--- The system's GUID, 16 octets. 22.14
---@return string
function Commands:system_guid() return ask(self, "Get System GUID", 0x06, 0x37).data end

--- Begin a cold reset. 20.2
function Commands:cold_reset() ask(self, "Cold Reset", 0x06, 0x02) end

--- Begin a warm reset. 20.3
function Commands:warm_reset() ask(self, "Warm Reset", 0x06, 0x03) end

--- The chassis' state. 28.2
---@return { power: boolean, overload: boolean, interlock: boolean, fault: boolean, control_fault: boolean, policy: string, last_event: integer, intrusion: boolean, lockout: boolean, drive_fault: boolean, fan_fault: boolean }
function Commands:chassis_status()
  local r = ask(self, "Get Chassis Status", 0x00, 0x01)
  local policies = { [0] = "always-off", "previous", "always-on", "unknown" }
  return {
    power = bit(r[1], 0), overload = bit(r[1], 1), interlock = bit(r[1], 2),
    fault = bit(r[1], 3), control_fault = bit(r[1], 4), policy = policies[r[1] >> 5 & 3],
    last_event = r[2], intrusion = bit(r[3], 0), lockout = bit(r[3], 1),
    drive_fault = bit(r[3], 2), fan_fault = bit(r[3], 3),
  }
end

local controls = { off = 0, on = 1, cycle = 2, reset = 3, diag = 4, soft = 5 }

--- Chassis Control: "on", "off", "cycle", "reset", "diag", "soft". 28.3
--- ```lua
--- local session = bmc("server-1u"):connect()
--- session:power "cycle"
--- sleep(20)
--- expect(session:chassis_status().power)
--- ```
---@param what string
function Commands:power(what)
  local code = controls[what]
  if not code then
    error(("power(%q); expected on, off, cycle, reset, diag or soft"):format(tostring(what)), 0)
  end
  ask(self, "Chassis Control", 0x00, 0x02, { code })
end

--- Set the boot device for the next start: "pxe", "disk", "cdrom", "bios", ... 28.12
---@param device string
---@param persistent? boolean
function Commands:set_boot_device(device, persistent)
  local devices = { none = 0, pxe = 1, disk = 2, safe = 3, diag = 4, cdrom = 5, bios = 6, floppy = 15 }
  local code = devices[device] or error(("boot device %q"):format(tostring(device)), 0)
  ask(self, "Set System Boot Options", 0x00, 0x08,
      { 5, persistent and 0xc0 or 0x80, code << 2, 0, 0, 0 })
end

--- What the next start boots from. 28.13
---@return { valid: boolean, persistent: boolean, device: integer }
function Commands:boot_device()
  local r = ask(self, "Get System Boot Options", 0x00, 0x09, { 5, 0, 0 })
  return { valid = bit(r[3], 7), persistent = bit(r[3], 6), device = r[4] >> 2 & 15 }
end

--- Facts of the event log. 31.2
---@return { version: integer, entries: integer, free: integer, added: integer, erased: integer, support: integer, overflow: boolean }
function Commands:sel_info()
  local r = ask(self, "Get SEL Info", 0x0a, 0x40)
  return { version = r[1], entries = r:le(2, 2), free = r:le(4, 2),
           added = r:le(6, 4), erased = r:le(10, 4), support = r[14] & 0x0f,
           overflow = bit(r[14], 7) }
end

---@class ipmilab.SelEntry an entry of the event log
---@field id integer
---@field type integer record type; 02h a system event, which alone has the fields below record
---@field record string its 16 octets
---@field time? integer seconds since 1970
---@field generator? integer who logged it
---@field sensor_type? integer
---@field sensor? integer number
---@field event_type? integer event/reading type code
---@field deasserted? boolean the event went
---@field offset? integer which event
---@field data? integer[] the three event data octets
local function sel_entry(data)
  local e = { id = string.unpack("<I2", data), type = data:byte(3), record = data }
  if e.type == 0x02 then
    e.time, e.generator = string.unpack("<I4I2", data, 4)
    e.sensor_type, e.sensor, e.event_type = data:byte(11), data:byte(12), data:byte(13) & 0x7f
    e.deasserted = data:byte(13) >= 0x80
    e.offset = data:byte(14) & 0x0f
    e.data = { data:byte(14, 16) }
  end
  return e
end

--- One entry of the event log, and the id of the next. 31.5
---@param id integer 0 the first, 0xffff the last
---@return ipmilab.SelEntry
---@return integer next the id of the next, 0xffff after the last
function Commands:sel_entry(id)
  local r = ask(self, "Get SEL Entry", 0x0a, 0x43, string.pack("<I2I2BB", 0, id, 0, 0xff))
  return sel_entry(r.data:sub(3)), r:le(1, 2)
end

--- All entries of the event log, oldest first.
--- ```lua
--- for _, entry in ipairs(bmc("server-1u"):sel()) do
---   print(entry.id, entry.sensor, entry.offset)
--- end
--- ```
---@return ipmilab.SelEntry[]
function Commands:sel()
  local list = {}
  if self:sel_info().entries == 0 then return list end
  local id, entry = 0, nil
  repeat
    entry, id = self:sel_entry(id)
    list[#list + 1] = entry
  until id == 0xffff or #list > 65535
  return list
end

--- Clear the event log. 31.9
function Commands:sel_clear()
  local reservation = ask(self, "Reserve SEL", 0x0a, 0x42).data
  ask(self, "Clear SEL", 0x0a, 0x47, reservation .. "CLR\xaa")
end

--- Add an event to the log; gives its record id. 31.6
---@param record string|integer[] 16 octets
---@return integer
function Commands:sel_add(record)
  return ask(self, "Add SEL Entry", 0x0a, 0x44, record):le(1, 2)
end

--- All records of the SDR repository, whole. 33.12
---@return string[]
function Commands:sdrs()
  local reservation = ask(self, "Reserve SDR Repository", 0x0a, 0x22).data
  local list, id = {}, 0
  repeat
    local head = ask(self, "Get SDR", 0x0a, 0x23, reservation .. string.pack("<I2BB", id, 0, 5))
    local record, left = head.data:sub(3), head[7]
    while left > 0 do
      local n = math.min(left, 16)
      record = record .. ask(self, "Get SDR", 0x0a, 0x23,
        reservation .. string.pack("<I2BB", id, #record, n)).data:sub(3)
      left = left - n
    end
    list[#list + 1] = record
    id = head:le(1, 2)
  until id == 0xffff
  return list
end

--- A sensor's raw reading and its states. 35.14
---@param number integer
---@return { reading: integer, available: boolean, scanning: boolean, events: boolean, states: integer }
function Commands:sensor_reading(number)
  local r = ask(self, "Get Sensor Reading", 0x04, 0x2d, { number })
  return { reading = r[1], available = not bit(r[2], 5), scanning = bit(r[2], 6),
           events = bit(r[2], 7), states = (r[3] or 0) | ((r[4] or 0) & 0x7f) << 8 }
end

--- A FRU's octets from an offset. 34.2
---@param fru? integer 0 unless said
---@return string
function Commands:fru(fru)
  local size = ask(self, "Get FRU Inventory Area Info", 0x0a, 0x10, { fru or 0 }):le(1, 2)
  local parts, at = {}, 0
  while at < size do
    local n = math.min(16, size - at)
    parts[#parts + 1] = ask(self, "Read FRU Data", 0x0a, 0x11,
      string.pack("<BI2B", fru or 0, at, n)).data:sub(2)
    at = at + n
  end
  return table.concat(parts)
end

--- Write octets into a FRU. 34.3
---@param octets string
---@param at? integer offset, 0 unless said
---@param fru? integer 0 unless said
function Commands:write_fru(octets, at, fru)
  local from = 1
  while from <= #octets do
    local piece = octets:sub(from, from + 15)
    ask(self, "Write FRU Data", 0x0a, 0x12,
        string.pack("<BI2", fru or 0, (at or 0) + from - 1) .. piece)
    from = from + #piece
  end
end

--- A user's name. 22.29
---@param id integer
---@return string
function Commands:user_name(id) return text(ask(self, "Get User Name", 0x06, 0x46, { id }).data) end

--- The id of a user who has no name yet, so that nobody loses his place; the test is
--- skipped when there is none. 22.27, 22.29
---@param channel? integer 1 unless said
---@return integer
function Commands:free_user(channel)
  local last = ask(self, "Get User Access", 0x06, 0x44, { channel or 1, 2 })[1] & 0x3f
  for id = last, 2, -1 do
    local reply = self:cmd(0x06, 0x46, { id })
    if reply.cc == 0 and text(reply.data) == "" then return id end
  end
  return suite.api.skip("all users of this BMC have names")
end

--- Make a user: name, password, enabled, with a privilege on a channel. 22.26-22.30
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:set_user(5, "guest", "secret", "user")
--- bmc:connect({ user = "guest", password = "secret", privilege = "user" }):close()
--- ```
---@param id integer
---@param name string up to 16 octets
---@param password string up to 20 octets
---@param privilege? string admin unless said
---@param channel? integer 1 unless said
function Commands:set_user(id, name, password, privilege, channel)
  ask(self, "Set User Name", 0x06, 0x45, string.pack("B", id) .. name .. ("\0"):rep(16 - #name))
  local size = #password > 16 and 20 or 16
  ask(self, "Set User Password", 0x06, 0x47,
      string.pack("BB", id | (size == 20 and 0x80 or 0), 2) .. password .. ("\0"):rep(size - #password))
  ask(self, "Set User Access", 0x06, 0x43,
      { 0x90 | (channel or 1), id, codes.privileges[privilege or "admin"] or 4, 0 })
  ask(self, "Set User Password", 0x06, 0x47, { id, 1 })
end

--- A LAN parameter: its data, without the revision. 23.2
---@param number integer
---@param channel? integer 1 unless said
---@param set? integer
---@return string
function Commands:lan_parameter(number, channel, set)
  return ask(self, "Get LAN Configuration Parameters", 0x0c, 0x02,
             { channel or 1, number, set or 0, 0 }).data:sub(2)
end

--- Write a LAN parameter. 23.1
---@param number integer
---@param data string|integer[]
---@param channel? integer 1 unless said
function Commands:set_lan_parameter(number, data, channel)
  ask(self, "Set LAN Configuration Parameters", 0x0c, 0x01,
      string.pack("BB", channel or 1, number) .. use("bytes").of(data))
end

--- Set the watchdog and start it: seconds, what it does ("none", "reset",
--- "off", "cycle"). 27.6, 27.5
--- ```lua
--- local bmc = bmc "server-1u"
--- bmc:watchdog(60, "off")
--- sleep(61)
--- expect_eq(bmc:chassis_status().power, false)
--- ```
---@param seconds number
---@param action? string
---@param options? { use?: integer, dont_log?: boolean, pretimeout?: integer, interrupt?: integer } use 1 to 5, pretimeout in seconds, interrupt 0 to 3
function Commands:watchdog(seconds, action, options)
  local actions = { none = 0, reset = 1, off = 2, cycle = 3 }
  local o = options or {}
  local code = actions[action or "none"] or error(("watchdog action %q"):format(tostring(action)), 0)
  ask(self, "Set Watchdog Timer", 0x06, 0x24, string.pack("<BBBBI2",
      (o.use or 4) | (o.dont_log and 0x80 or 0), code | (o.interrupt or 0) << 4,
      o.pretimeout or 0, 0x3e, math.floor(seconds * 10)))
  ask(self, "Reset Watchdog Timer", 0x06, 0x22)
end

--- The watchdog as it stands. 27.7
---@return { running: boolean, use: integer, action: integer, expired: integer, initial: number, left: number } expired are bits, initial and left seconds
function Commands:watchdog_state()
  local r = ask(self, "Get Watchdog Timer", 0x06, 0x25)
  return { running = bit(r[1], 6), use = r[1] & 7, action = r[2] & 7, expired = r[4],
           initial = r:le(5, 2) / 10, left = r:le(7, 2) / 10 }
end

for name, fn in next, Commands do
  use("lab").Mc[name] = fn
  use("console").Console[name] = fn
end

return { api = {}, Commands = Commands }
