-- The room gets hot and sixty BMCs send their alerts to one destination at once: each sends its own
-- trap, with its own GUID, and none is lost in the BMCs. IPMI v2.0, 17; PET v1.0.
tags("fleet", "alert")

-- Alerts go to 192.0.2.200, for whatever the factory's filters mean.
local function send_alerts(b)
  b:set_lan_parameter(19, { 1, 0, 0, 192, 0, 2, 200, 0, 0, 0, 0, 0, 0 })
  local policy = b:cmd(0x04, 0x13, { 9, 1, 0 }).data:sub(3)
  expect_cc(b:cmd(0x04, 0x12, "\x09\x01" .. string.char(policy:byte(1) | 0x08) .. policy:sub(2)))
end

test("sixty BMCs send three traps each at one instant", function()
  local room = fleet("server-1u", 60)
  for _, b in ipairs(room) do send_alerts(b) end
  at(100, function()
    for _, b in ipairs(room) do b:sensor("Inlet Temp"):set_raw(0xff) end
  end)
  sleep(101)
  local traps = {}
  for _, frame in ipairs(trace:frames { link = "lan", direction = "from bmc" }) do
    -- An SNMP message: a sequence, version 1, the community.
    if frame.bytes:byte(1) == 0x30 and frame.bytes:find("\2\1\0\4\6public", 1, true) then
      traps[#traps + 1] = frame
    end
  end
  expect_eq(#traps, 60 * 3, "upper non-critical, critical and non-recoverable")
  for n, b in ipairs(room) do
    local own = 0
    for _, trap in ipairs(traps) do
      if trap.bytes:find(b:system_guid():reverse(), 1, true) then
        own = own + 1
        expect_eq(trap.instant, 100000000000, "when it was sent, in ns")
        expect_eq(trap.chassis, b.chassis)
      end
    end
    expect_eq(own, 3, ("traps with the GUID of number %d"):format(n))
  end
end)

test("who has no policy for it is silent", function()
  local loud, quiet = bmc "server-1u", bmc "server-1u"
  send_alerts(loud)
  for _, b in ipairs { loud, quiet } do b:sensor("Inlet Temp"):set_raw(0xff) end
  sleep(1)
  expect_eq(trace:count { link = "lan", chassis = loud.chassis }, 3)
  trace:none { link = "lan", chassis = quiet.chassis }
  expect_eq(quiet:sel_info().entries, loud:sel_info().entries, "both have logged it")
end)
