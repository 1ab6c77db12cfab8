-- Filters, policies and where alerts go: what ipmi-config sets is what the BMC
-- does with an event. IPMI v2.0, 17, 30.
tags("client", "ipmi-config", "pef")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { "--category=pef", ... }, { privilege = "admin" })
end

local function parameter(mc, number, set)
  return expect_cc(mc:cmd(0x04, 0x13, { number, set or 0, 0 })).data:sub(2)
end

test("a filter", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Event_Filter_20:Enable_Filter=Yes",
         "-e", "Event_Filter_20:Event_Severity=Non_Critical",
         "-e", "Event_Filter_20:Sensor_Number=0x33",
         "-e", "Event_Filter_20:Event_Filter_Action_Power_Off=Yes"):ok()
  local filter = parameter(mc, 6, 20)
  expect_eq(filter:byte(2) & 0x80, 0x80, "enabled")
  expect_eq(filter:byte(3) & 0x02, 0x02, "power off")
  expect_eq(filter:byte(5), 0x08, "severity")
  expect_eq(filter:byte(9), 0x33, "sensor number")
end)

test("an event that a filter means switches the host off", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "PEF_Conf:Enable_Power_Down_Action=Yes",
         "-e", "Event_Filter_20:Filter_Type=Software_Configurable",
         "-e", "Event_Filter_20:Enable_Filter=Yes",
         "-e", "Event_Filter_20:Event_Filter_Action_Power_Off=Yes",
         "-e", "Event_Filter_20:Generator_Id_Byte_1=0xFF",
         "-e", "Event_Filter_20:Generator_Id_Byte_2=0xFF",
         "-e", "Event_Filter_20:Sensor_Type=Physical_Security",
         "-e", "Event_Filter_20:Sensor_Number=0xFF", "-e", "Event_Filter_20:Event_Trigger=0xFF",
         "-e", "Event_Filter_20:Event_Data1_Offset_Mask=0xFFFF"):ok()
  mc:sensor("Intrusion"):state(0)
  mc.chassis.host:wait("off", 30)
end)

test("a policy, a destination, a community", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Alert_Policy_7:Policy_Enabled=Yes",
         "-e", "Alert_Policy_7:Policy_Number=3",
         "-e", "Lan_Alert_Destination_2:Alert_IP_Address=192.0.2.99",
         "-e", "Lan_Alert_Destination_2:Alert_Acknowledge=Yes",
         "-e", "Community_String:Community_String=mercury"):ok()
  expect_eq(parameter(mc, 9, 7):byte(2), 0x38)
  expect_eq(mc:lan_parameter(19, 1, 2):sub(4, 7), hex "c0 00 02 63")
  expect_eq(mc:lan_parameter(18, 1, 2):byte(2), 0x80)
  expect_eq(mc:lan_parameter(16):match("^%Z+"), "mercury")
end)

test("a string of an alert, longer than a block", function()
  local mc = bmc "server-1u"
  local text = "the_quick_brown_fox_jumps_over_the_lazy_dog"
  config(mc, "--commit", "-e", "Alert_String_3:Alert_String=" .. text,
         "-e", "Alert_String_3:Event_Filter_Number=20"):ok()
  local stored = ""
  for block = 1, 3 do
    stored = stored .. expect_cc(mc:cmd(0x04, 0x13, { 13, 3, block })).data:sub(4)
  end
  expect_eq(stored:match("^%Z+"), text)
  config(mc, "--checkout", "--section=Alert_String_3"):ok():says("^\tAlert_String +" .. text .. "$")
end)
