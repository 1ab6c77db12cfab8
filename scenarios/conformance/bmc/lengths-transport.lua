-- A request of the Transport network function whose length is wrong is refused
-- with C7h. IPMI v2.0, 5.2; 23 and 26.
tags "lengths"

local commands = {
  { 0x02, "Get LAN Configuration Parameters", 4, "\x0e\x03\x00\x00" },
  { 0x04, "Get IP/UDP/RMCP Statistics", 2, "\x0e\x00" },
  { 0x22, "Get SOL Configuration Parameters", 4, "\x0e\x01\x00\x00" },
}

for _, command in ipairs(commands) do
  local cmd, name, _, data = table.unpack(command)
  test(name .. " of another length", function()
    local session = target():wire():session()
    optional(session:cmd(0x0c, cmd, data), name)
    expect_cc(session:cmd(0x0c, cmd, data:sub(1, -2)), 0xc7, "one octet less")
    left_open("octets too many may be ignored", function()
      expect_cc(session:cmd(0x0c, cmd, data .. "\0"), 0xc7, "one octet more")
    end)
  end)
end

test("a LAN parameter that is set with another length is refused", { writes = true }, function()
  local session = target():wire():session()
  expect_refused(session:cmd(0x0c, 0x01, { 0x0e }), "no parameter named")
  expect_refused(session:cmd(0x0c, 0x01, { 0x0e, 0x03, 192, 0, 2 }),
                 "an address of 3 octets")
  left_open("octets too many may be ignored", function()
    expect_refused(session:cmd(0x0c, 0x01, { 0x0e, 0x03, 192, 0, 2, 1, 1 }),
                   "one of 5 octets")
  end)
end)
