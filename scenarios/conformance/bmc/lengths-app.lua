-- A request of the App network function whose length is wrong is refused with
-- C7h. IPMI v2.0, 5.2; 20 and 22.
tags "lengths"

local commands = {
  { 0x01, "Get Device ID" }, { 0x04, "Get Self Test Results" }, { 0x08, "Get Device GUID" },
  { 0x22, "Reset Watchdog Timer" }, { 0x25, "Get Watchdog Timer" },
  { 0x24, "Set Watchdog Timer", 6 }, { 0x2f, "Get BMC Global Enables" },
  { 0x37, "Get System GUID" }, { 0x3b, "Set Session Privilege Level", 1 },
  { 0x40, "Set Channel Access", 3 }, { 0x41, "Get Channel Access", 2 },
  { 0x42, "Get Channel Info", 1 }, { 0x44, "Get User Access", 2 },
  { 0x45, "Set User Name", 17 }, { 0x46, "Get User Name", 1 },
  { 0x48, "Activate Payload", 6 }, { 0x49, "Deactivate Payload", 6 },
  { 0x4a, "Get Payload Activation Status", 1 }, { 0x4b, "Get Payload Instance Info", 2 },
  { 0x4d, "Get User Payload Access", 2 }, { 0x4e, "Get Channel Payload Support", 1 },
  { 0x54, "Get Channel Cipher Suites", 3 },
}

for _, command in ipairs(commands) do
  local cmd, name, size = command[1], command[2], command[3] or 0
  test(name .. " of another length", function()
    local session = target():wire():session()
    optional(session:cmd(0x06, cmd, ("\0"):rep(size + 40)), name)
    if size > 0 then
      expect_cc(session:cmd(0x06, cmd, ("\0"):rep(size - 1)), 0xc7, "one octet less")
    end
    left_open("octets too many may be ignored", function()
      expect_cc(session:cmd(0x06, cmd, ("\0"):rep(size + 1)), 0xc7, "one octet more")
    end)
  end)
end
