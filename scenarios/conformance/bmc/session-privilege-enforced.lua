-- What a level may not do is refused with D4h, and not done.
-- IPMI v2.0, 6.8, appendix G.
tags "session"

local of_operators = {
  { 0x00, 0x02, "Chassis Control", { 0x05 } },
  { 0x00, 0x04, "Chassis Identify" },
  { 0x00, 0x08, "Set System Boot Options", { 0x00, 0x00 } },
  { 0x00, 0x09, "Get System Boot Options", { 0x05, 0x00, 0x00 } },
  { 0x04, 0x26, "Set Sensor Thresholds", ("\0"):rep(8) },
  { 0x06, 0x24, "Set Watchdog Timer", ("\0"):rep(6) },
  { 0x06, 0x44, "Get User Access", { 0x0e, 0x01 } },
  { 0x06, 0x46, "Get User Name", { 0x01 } },
  { 0x0a, 0x44, "Add SEL Entry", ("\0"):rep(16) },
  { 0x0a, 0x47, "Clear SEL", "\0\0CLR\xaa" },
  { 0x0c, 0x02, "Get LAN Configuration Parameters", { 0x0e, 0x03, 0x00, 0x00 } },
}

local of_administrators = {
  { 0x06, 0x02, "Cold Reset" },
  { 0x06, 0x40, "Set Channel Access", { 0x0e, 0x00, 0x00 } },
  { 0x06, 0x43, "Set User Access", { 0x0e, 0x01, 0x04 } },
  { 0x06, 0x45, "Set User Name", "\x01" .. ("x"):rep(16) },
  { 0x06, 0x47, "Set User Password", { 0x01, 0x00 } },
  { 0x0c, 0x01, "Set LAN Configuration Parameters", { 0x0e, 0x00, 0x00 } },
}

local function refused_to(level, commands)
  local session = target():wire():session { privilege = level }
  for _, c in ipairs(commands) do
    expect_cc(session:cmd(c[1], c[2], c[4]), 0xd4, c[3] .. " is refused")
  end
end

test("a User is refused what takes an Operator", function()
  refused_to("user", of_operators)
end)

test("a User is refused what takes an Administrator", function()
  refused_to("user", of_administrators)
end)

test("an Operator is refused what takes an Administrator", function()
  refused_to("operator", of_administrators)
end)

test("an Operator may do what an Operator may", function()
  local session = target():wire():session { privilege = "operator" }
  expect_cc(session:cmd(0x06, 0x46, { 0x02 }), 0x00, "Get User Name")
  expect_cc(session:cmd(0x00, 0x09, { 0x05, 0x00, 0x00 }), 0x00, "Get System Boot Options")
end)
