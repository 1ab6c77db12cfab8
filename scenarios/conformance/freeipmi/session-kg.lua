-- A BMC with a K_g wants both keys; FreeIPMI is told so, and checks before it
-- tries. The key may be words or hexadecimal. IPMI v2.0, 13.33, 22.25.
tags("client", "session")

local function set_kg(mc, key)
  expect_cc(mc:cmd(0x06, 0x56, "\x01\x01\x01" .. key .. ("\0"):rep(20 - #key)))
end

local function who(mc, kg, suite)
  return mc:freeipmi("bmc-info", "--get-device-id", { kg = kg, suite = suite })
end

test("the right K_g opens a session, with each kind of suite", function()
  local mc = bmc "server-1u"
  set_kg(mc, "a key of the BMC")
  for _, suite in ipairs { 1, 3, 8, 17 } do who(mc, "a key of the BMC", suite):ok() end
  set_kg(mc, hex "00 ff 10 20")
  who(mc, "0x00ff1020"):ok():says("^Device ID +: 32$")
end)

test("a wrong one, none, and one that is not asked for are invalid", function()
  local mc = bmc "server-1u"
  expect_eq(who(mc, "not asked for").status, 1)
  who(mc, "not asked for"):fails("k_g invalid")
  set_kg(mc, "a key of the BMC")
  who(mc, "another key"):fails("k_g invalid")
  who(mc):fails("k_g invalid")
  trace:none { "Get Device ID", link = "clear" }
end)
