-- A datagram that is lost on its way is sent again, and the BMC does nothing twice.
-- IPMI v2.0, 6.12.
tags("client", "session")

test("a request, and an answer", function()
  local mc = bmc "server-1u"
  for netfn, direction in pairs { [0x06] = "to bmc", [0x07] = "from bmc" } do
    local fault = mc:fault { on = "lan", effect = "lose", direction = direction, netfn = netfn,
                             cmd = 0x45, times = 1 }
    local name = direction:gsub(" ", "-")
    mc:ipmitool("user set name 9 " .. name, { lan15 = "md5", args = { "-N", "1" } }):ok()
    expect_eq(fault:struck(), 1)
    expect_eq(mc:user_name(9), name)
  end
end)

test("while a session is opened", function()
  local mc = bmc "server-1u"
  local fault = mc:fault { on = "lan", effect = "lose", payload = "rakp 2", times = 1,
                           direction = "from bmc" }
  mc:ipmitool("mc guid", { args = { "-N", "1" } }):ok()
  expect_eq(fault:struck(), 1)
end)
