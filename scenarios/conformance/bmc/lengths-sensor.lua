-- A request of the Sensor/Event network function whose length is wrong is
-- refused with C7h. IPMI v2.0, 5.2; 29, 30 and 35.
tags "lengths"

local commands = {
  { 0x00, "Set Event Receiver", 2 }, { 0x01, "Get Event Receiver" },
  { 0x10, "Get PEF Capabilities" }, { 0x13, "Get PEF Configuration Parameters", 3 },
  { 0x15, "Get Last Processed Event ID" }, { 0x23, "Get Sensor Reading Factors", 2 },
  { 0x24, "Set Sensor Hysteresis", 4 }, { 0x25, "Get Sensor Hysteresis", 2 },
  { 0x26, "Set Sensor Thresholds", 8 }, { 0x27, "Get Sensor Thresholds", 1 },
  { 0x29, "Get Sensor Event Enable", 1 }, { 0x2b, "Get Sensor Event Status", 1 },
  { 0x2d, "Get Sensor Reading", 1 }, { 0x2f, "Get Sensor Type", 1 },
}

for _, command in ipairs(commands) do
  local cmd, name, size = command[1], command[2], command[3] or 0
  test(name .. " of another length", function()
    local session = target():wire():session()
    optional(session:cmd(0x04, cmd, ("\0"):rep(size + 40)), name)
    if size > 0 then
      expect_cc(session:cmd(0x04, cmd, ("\0"):rep(size - 1)), 0xc7, "one octet less")
    end
    left_open("octets too many may be ignored", function()
      expect_cc(session:cmd(0x04, cmd, ("\0"):rep(size + 1)), 0xc7, "one octet more")
    end)
  end)
end
