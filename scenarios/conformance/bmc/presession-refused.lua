-- Outside a session only what is meant for it is done. IPMI v2.0, 13.27.1,
-- appendix G.
tags "presession"

local commands = {
  { 0x06, 0x01, "Get Device ID" },
  { 0x06, 0x02, "Cold Reset" },
  { 0x06, 0x3b, "Set Session Privilege Level", { 0x04 } },
  { 0x06, 0x46, "Get User Name", { 0x02 } },
  { 0x00, 0x01, "Get Chassis Status" },
  { 0x00, 0x02, "Chassis Control", { 0x02 } },
  { 0x04, 0x2d, "Get Sensor Reading", { 0x01 } },
  { 0x0a, 0x40, "Get SEL Info" },
  { 0x0c, 0x02, "Get LAN Configuration Parameters", { 0x0e, 0x03, 0x00, 0x00 } },
}

for _, command in ipairs(commands) do
  local netfn, cmd, name, data = table.unpack(command)
  test(name .. " is not done without a session", function()
    local wire = target():wire()
    for _, format in ipairs { "1.5", "2.0" } do
      local reply = wire:cmd(netfn, cmd, data, { format = format })
      expect_ne(reply.cc, 0x00,
                "it is refused or not answered, in the wrapper of " .. format)
    end
  end)
end
