-- The front panel's buttons and the restore policy. IPMI v2.0, 28.6, 28.8.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { "--category=chassis", ... }, { privilege = "admin" })
end

for name, bit in pairs {
  Enable_Standby_Button_For_Entering_Standby = 3, Enable_Diagnostic_Interrupt_Button = 2,
  Enable_Reset_Button = 1, Enable_Power_Off_Button_For_Power_Off_Only = 0,
} do
  test(name, function()
    local mc = bmc "server-1u"
    config(mc, "--commit", ("--key-pair=Chassis_Front_Panel_Buttons:%s=No"):format(name)):ok()
    expect_eq(expect_cc(mc:cmd(0x00, 0x01))[4] & 0x0f, 1 << bit)
    config(mc, "--checkout", "--section=Chassis_Front_Panel_Buttons"):ok()
      :says(("^\t%s +No$"):format(name))
  end)
end

test("Power_Restore_Policy", function()
  local mc = bmc "server-1u"
  for word, policy in pairs { On_State_AC_Apply = "always-on", Restore_State_AC_Apply = "previous",
                              Off_State_AC_Apply = "always-off" } do
    config(mc, "--commit", "--key-pair=Chassis_Power_Conf:Power_Restore_Policy=" .. word):ok()
    expect_eq(mc:chassis_status().policy, policy)
    config(mc, "--checkout", "--section=Chassis_Power_Conf"):ok()
      :says("^\tPower_Restore_Policy +" .. word .. "$")
  end
end)
