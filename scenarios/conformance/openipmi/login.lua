-- OpenIPMI logs in by the ways that both sides have.
tags("client", "session")

test("RMCP+, as it comes", function()
  bmc "server-1u":openipmicmd "0f 00 06 01":says "^0f 07 00 01 00 20 "
  trace:order { "Open Session Request", "RAKP 1", "RAKP 2", "RAKP 3", "RAKP 4" }
end)

for _, kind in ipairs { "none", "md2", "md5", "straight" } do
  test("IPMI 1.5 with " .. kind, function()
    local mc = bmc "server-1u"
    if kind == "none" and expect_cc(mc:wire():cmd(0x06, 0x38, { 0x0e, 4 }))[2] & 1 == 0 then
      skip "this machine does not let anybody in without a password"
    end
    mc:openipmicmd("0f 00 06 01", { lan15 = kind }):says "^0f 07 00 01 00 20 "
    trace:expect { "Activate Session", direction = "from bmc", cc = 0 }
  end)
end

for _, privilege in ipairs { "user", "operator", "admin" } do
  test("at the privilege of " .. privilege, function()
    bmc "server-1u":openipmicmd("0f 00 06 01", { privilege = privilege }):says "^0f 07 00 01 00 20 "
  end)
end
