-- bmc-info and ipmi-fru ask a host range at once: each host tells of itself, and no two are alike.
tags("fleet", "client", "inventory")
need("bmc-info", "ipmi-fru")

-- Ask all of a range side by side; what was said, by the number of the host.
local function ask(range, program, option)
  local said = {}
  local command = { program, "-D", "LAN_2_0", "-h", range, "-u", "ADMIN", "-p", "ADMIN", "-F", "16", option }
  for line in run(command):ok().stdout:gmatch("[^\n]+") do
    local n, rest = line:match("^127%.62%.%d+%.(%d+): (.*)$")
    if n then said[tonumber(n)] = (said[tonumber(n)] or "") .. rest .. "\n" end
  end
  return said
end

test("twelve GUIDs and twelve serial numbers, each as its BMC has it", function()
  local rack = fleet("server-1u", 12)
  local range = rack:range()
  local guids, frus = ask(range, "bmc-info", "--get-device-guid"), ask(range, "ipmi-fru", "--sdr-cache-directory=" .. folder())
  for n, b in ipairs(rack) do
    local guid = b:device_guid():reverse():gsub(".", function(c) return ("%02x"):format(c:byte()) end)
    expect_eq((guids[n] or ""):gsub("[-\n]", ""), guid, ("the GUID of number %d"):format(n))
    local serial = expect_match(b:fru(0), "SN1U%d+")
    expect_match(frus[n] or "", serial, ("the serial number of number %d"):format(n))
  end
end)
