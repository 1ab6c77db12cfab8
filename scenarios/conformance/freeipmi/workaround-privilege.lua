-- FreeIPMI asks Open Session for the highest level that there is (0h), and names its
-- own in RAKP 1; some BMCs want it named at once, which "opensesspriv" and "sun20" do.
-- A BMC that keeps to the specification takes both. IPMI v2.0, 13.17.
tags("client", "workaround")

local function asked(flag, privilege)
  local mc = bmc "server-1u"
  local mark = trace:mark()
  mc:freeipmi("bmc-info", "--get-device-id -W " .. flag, { privilege = privilege }):ok()
  return trace:expect({ "Open Session Request", since = mark }).data:byte(2) & 0x0f,
         trace:expect({ "RAKP 1", since = mark }).data:byte(25) & 0x0f
end

test("the level in Open Session and in RAKP 1", function()
  for name, level in pairs { user = 2, operator = 3, admin = 4 } do
    expect_eq({ asked("none", name) }, { 0, level }, name)
    expect_eq({ asked("opensesspriv", name) }, { level, level }, name)
    expect_eq({ asked("sun20", name) }, { level, level }, name)
  end
end)

test("a user who may not have the level is told so at once", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", "--get-device-id -W opensesspriv",
              { user = "monitor", password = "monitor", privilege = "admin" })
    :fails("privilege level cannot be obtained for this user")
end)
