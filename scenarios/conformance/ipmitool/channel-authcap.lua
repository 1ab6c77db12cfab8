-- "channel authcap" shows which log-ins a channel takes at a level, and what it says
-- of its users. IPMI v2.0, 22.13.
tags("client", "channel")

test("what stands in the channel's parameters", function()
  local mc = bmc "server-1u"
  mc:set_lan_parameter(2, { 0x17, 0x04, 0x02, 0x10, 0x17 })
  for level, types in pairs { [2] = "MD5", [3] = "MD2", [4] = "PASSWORD" } do
    mc:ipmitool(("channel authcap 1 %d"):format(level)):ok()
      :says(("^IPMI v1%%.5  auth types      : %s *$"):format(types))
  end
end)

test("a key of the BMC, and users without a name", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("channel authcap 1 4"):ok()
  r:says "^KG status                  : default %(all zeroes%)$"
  r:says "^Anonymous login enabled    : no$"
  expect_cc(mc:cmd(0x06, 0x56, "\1\1\1" .. "a key" .. ("\0"):rep(15)))
  mc:set_user(1, "", "secret")
  r = mc:ipmitool("channel authcap 1 4", { kg = "a key" }):ok()
  r:says "^KG status                  : non%-zero$"
  r:says "^Null user names exist      : yes$"
end)
