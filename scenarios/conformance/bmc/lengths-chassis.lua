-- A request of the Chassis network function whose length is wrong is refused
-- with C7h, and not done. IPMI v2.0, 5.2; 28.
tags "lengths"

local commands = {
  { 0x00, "Get Chassis Capabilities" }, { 0x01, "Get Chassis Status" },
  { 0x02, "Chassis Control", 1 }, { 0x06, "Set Power Restore Policy", 1 },
  { 0x07, "Get System Restart Cause" }, { 0x09, "Get System Boot Options", 3 },
  { 0x0a, "Set Front Panel Button Enables", 1 }, { 0x0b, "Set Power Cycle Interval", 1 },
  { 0x0f, "Get POH Counter" },
}

for _, command in ipairs(commands) do
  local cmd, name, size = command[1], command[2], command[3] or 0
  test(name .. " of another length", function()
    local session = target():wire():session()
    optional(session:cmd(0x00, cmd, ("\0"):rep(size + 40)), name)
    if size > 0 then
      expect_cc(session:cmd(0x00, cmd, ("\0"):rep(size - 1)), 0xc7, "one octet less")
    end
    left_open("octets too many may be ignored", function()
      expect_cc(session:cmd(0x00, cmd, ("\0"):rep(size + 1)), 0xc7, "one octet more")
    end)
  end)
end
