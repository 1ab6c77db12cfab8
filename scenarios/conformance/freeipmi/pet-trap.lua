-- A trap that the BMC sends is what ipmi-pet reads: sensor, event and reading are
-- those of the log. IPMI Platform Event Trap Format v1.0; IPMI v2.0, 17.16.
tags("client", "ipmi-pet", "pef")

-- Alerts go to 127.0.0.1, by policy 1.
local function alert(mc)
  mc:set_lan_parameter(18, { 1, 0x00, 2, 0 })
  mc:set_lan_parameter(19, hex "01 00 00 7f 00 00 01 00 00 00 00 00 00")
  expect_cc(mc:cmd(0x04, 0x12, { 9, 1, 0x18, 0x11, 0 }))
end

-- The n-th trap as ipmi-pet is given it: its specific trap, and the octets of its
-- one variable, which are the last.
local function trap(n)
  local found
  wait_until(function()
    local list = {}
    for _, frame in ipairs(trace:frames { link = "lan", direction = "from bmc" }) do
      if frame.bytes:byte() == 0x30 then list[#list + 1] = frame.bytes end
    end
    found = list[n]
    return found
  end, 20, "a trap")
  local at = found:find("\2\1\6\2\3", 1, true)
  local words = { tostring((string.unpack(">I3", found, at + 5))) }
  for c in found:match("\4\47(" .. ("."):rep(47) .. ")$"):gmatch(".") do
    words[#words + 1] = ("%02x"):format(c:byte())
  end
  return words
end

local function read(mc, n)
  local words = { "--quiet-cache", "--output-event-severity", "--no-header-output" }
  return mc:freeipmi("ipmi-pet", table.move(trap(n), 1, 48, 4, words)):ok()
end

test("an inlet that gets warm, and too warm", function()
  local mc = bmc "server-1u"
  alert(mc)
  mc:sensor("Inlet Temp"):set(45)
  read(mc, 1):says("| Inlet Temp +| Temperature +| Non%-critical condition +| Upper Non%-critical "
    .. "%- going high | Sensor Reading = 45%.00 C | Threshold = 38%.00 C$")
  read(mc, 2):says("| Critical condition +| Upper Critical %- going high | .* | Threshold = 43%.00 C$")
end)

test("a lid that is opened", function()
  local mc = bmc "server-1u"
  alert(mc)
  mc:sensor("Intrusion"):state(0)
  read(mc, 1):says("| Intrusion +| Physical Security +| .*| General Chassis Intrusion")
end)
