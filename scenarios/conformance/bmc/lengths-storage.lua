-- A request of the Storage network function whose length is wrong is refused
-- with C7h. IPMI v2.0, 5.2; 31, 33 and 34.
tags "lengths"

local commands = {
  { 0x10, "Get FRU Inventory Area Info", 1 }, { 0x11, "Read FRU Data", 4 },
  { 0x20, "Get SDR Repository Info" }, { 0x21, "Get SDR Repository Allocation Info" },
  { 0x22, "Reserve SDR Repository" }, { 0x23, "Get SDR", 6 },
  { 0x28, "Get SDR Repository Time" }, { 0x40, "Get SEL Info" },
  { 0x41, "Get SEL Allocation Info" }, { 0x42, "Reserve SEL" }, { 0x43, "Get SEL Entry", 6 },
  { 0x44, "Add SEL Entry", 16 }, { 0x46, "Delete SEL Entry", 4 }, { 0x47, "Clear SEL", 6 },
  { 0x48, "Get SEL Time" }, { 0x49, "Set SEL Time", 4 },
}

for _, command in ipairs(commands) do
  local cmd, name, size = command[1], command[2], command[3] or 0
  test(name .. " of another length", function()
    local session = target():wire():session()
    optional(session:cmd(0x0a, cmd, ("\0"):rep(size + 40)), name)
    if size > 0 then
      expect_cc(session:cmd(0x0a, cmd, ("\0"):rep(size - 1)), 0xc7, "one octet less")
    end
    left_open("octets too many may be ignored", function()
      expect_cc(session:cmd(0x0a, cmd, ("\0"):rep(size + 1)), 0xc7, "one octet more")
    end)
  end)
end
