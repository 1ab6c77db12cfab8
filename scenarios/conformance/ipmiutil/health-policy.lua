-- ipmiutil health -p sets what happens when mains power comes back.
tags("client", "health")

for option, policy in pairs { [0] = "always-off", [1] = "previous", [2] = "always-on" } do
  test(("-p%d is the policy %s"):format(option, policy), function()
    local mc = bmc "server-1u"
    mc:ipmiutil(("health -p%d"):format(option)):ok()
    expect_eq(mc:chassis_status().policy, policy)
  end)
end
