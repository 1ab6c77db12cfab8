-- Which events a sensor makes, and its hysteresis: what ipmi-config sets is what
-- the sensor does. IPMI v2.0, 35.6, 35.7, 35.10, 35.11.
tags("client", "ipmi-config", "ipmi-sensors")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { "--category=sensors", ... }, { privilege = "admin" })
end

test("an event that is not enabled is not logged", function()
  local mc = bmc "server-1u"
  config(mc, "--commit",
         "-e", "44_Intrusion:Enable_Assertion_Event_General_Chassis_Intrusion=No"):ok()
  local before = mc:sel_info().entries
  mc:sensor("Intrusion"):state(0)
  sleep("300ms")
  expect_eq(mc:sel_info().entries, before)
  config(mc, "--checkout", "--section=44_Intrusion"):ok()
    :says("^\tEnable_Assertion_Event_General_Chassis_Intrusion +No$")
  mc:sensor("Intrusion"):state(0, false)
  wait_until(function() return mc:sel_info().entries > before end, 5, "the deassertion, which is")
end)

test("one that is, is", function()
  local mc = bmc "server-1u"
  local before = mc:sel_info().entries
  config(mc, "--commit", "-e", "44_Intrusion:Enable_Assertion_Event_General_Chassis_Intrusion=No"):ok()
  config(mc, "--commit", "-e", "44_Intrusion:Enable_Assertion_Event_General_Chassis_Intrusion=Yes"):ok()
  mc:sensor("Intrusion"):state(0)
  wait_until(function() return mc:sel_info().entries == before + 1 end, 5, "the event")
end)

test("no events of the sensor at all", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "44_Intrusion:Enable_All_Event_Messages=No"):ok()
  local before = mc:sel_info().entries
  mc:sensor("Intrusion"):state(0)
  mc:sensor("Intrusion"):state(0, false)
  sleep("300ms")
  expect_eq(mc:sel_info().entries, before)
end)

test("hysteresis", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "4_Inlet_Temp:Positive_Going_Threshold_Hysteresis=4.000000",
         "-e", "4_Inlet_Temp:Negative_Going_Threshold_Hysteresis=3.000000"):ok()
  local reply = expect_cc(mc:cmd(0x04, 0x25, { 1, 0xff }))
  expect_eq({ reply[1], reply[2] }, { 4, 3 })
end)
