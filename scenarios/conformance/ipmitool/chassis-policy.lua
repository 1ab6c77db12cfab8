-- "chassis policy" says what happens when the mains return; "list" which there are.
-- IPMI v2.0, 28.8.
tags("client", "chassis")

test("each is kept", function()
  local mc = bmc "server-1u"
  for _, policy in ipairs { "always-on", "previous", "always-off" } do
    mc:ipmitool("chassis policy " .. policy):ok()
      :says(("^Set chassis power restore policy to %s$"):format(plain(policy)))
    expect_eq(mc:chassis_status().policy, policy)
    mc:ipmitool("chassis status"):ok()
      :says(("^Power Restore Policy : %s$"):format(plain(policy)))
  end
end)

test("the list is the BMC's", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis policy list"):ok():says "always%-off always%-on previous"
  mc:answer(0x00, 0x06, { data = { 0x04 } })
  local r = mc:ipmitool("chassis policy list"):ok()
  r:says "always%-on"
  r:lacks "previous"
end)

test("one that is none changes nothing", function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis policy sometimes"):fails "Invalid chassis policy: sometimes"
  expect_eq(mc:chassis_status().policy, "always-off")
end)
