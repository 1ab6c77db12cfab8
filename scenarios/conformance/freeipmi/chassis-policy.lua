-- What the chassis is to do when mains power comes back. IPMI v2.0, 28.8.
tags("client", "ipmi-chassis")

test("each policy is kept, and shown", function()
  local mc = bmc "server-1u"
  for word, policy in pairs {
    ["always-on"] = { "always-on", "Always on" }, restore = { "previous", "Restore" },
    ["always-off"] = { "always-off", "Always off" },
  } do
    mc:freeipmi("ipmi-chassis", "--set-power-restore-policy=" .. word):ok()
    expect_eq(mc:chassis_status().policy, policy[1])
    mc:freeipmi("ipmi-chassis", "--get-chassis-status"):ok()
      :says(("^Power restore policy +: %s$"):format(policy[2]))
  end
end)

test("the pause of a power cycle is told", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-chassis", "--set-power-cycle-interval=12"):ok()
  expect_eq(trace:expect({ netfn = 0x00, cmd = 0x0b, link = "clear", answer = false })
              .data:byte(1), 12)
  trace:expect { netfn = 0x00, cmd = 0x0b, answer = true, cc = 0 }
end)

test("only an administrator may", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-chassis", "--set-power-restore-policy=always-on", { privilege = "user" })
    :fails("privilege level insufficient")
  expect_eq(mc:chassis_status().policy, "always-off")
end)
