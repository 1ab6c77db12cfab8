-- pyghmi sets the next boot device, for once or for good.
tags("client", "boot", "quick")

for name, device in pairs { network = 1, hd = 2, optical = 5, setup = 6 } do
  test(name, function()
    local mc = bmc "server-1u"
    mc:pyghmi(("bmc.set_bootdev('%s')"):format(name)):ok()
    expect_eq({ mc:boot_device().device, mc:boot_device().persistent }, { device, false })
    mc:pyghmi("print(bmc.get_bootdev())"):ok():says(("'bootdev': '%s'"):format(name))
  end)
end

test("for good", function()
  local mc = bmc "server-1u"
  mc:pyghmi("bmc.set_bootdev('network', persist=True)"):ok()
  expect_eq(mc:boot_device().persistent, true)
end)
