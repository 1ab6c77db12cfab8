-- How grave a state is can be told in a file of one's own: ipmi-sensors and
-- ipmi-sel go by it.
tags("client", "ipmi-sensors", "ipmi-sel")

test("an open lid is no more than a warning", function()
  local mc = bmc "server-1u"
  mc:sensor("Intrusion"):state(0)
  run({ "sh", "-c", "echo 'IPMI_Physical_Security_General_Chassis_Intrusion Warning' >states" }):ok()
  mc:freeipmi("ipmi-sensors", { "--quiet-cache", "--record-ids=44", "--output-sensor-state",
                                "--sensor-state-config-file=states" }):ok()
    :says("| Warning +| N/A +| N/A +| 'General Chassis Intrusion'$")
end)

test("neither in the log", function()
  local mc = bmc "server-1u"
  run({ "sh", "-c", "echo 'IPMI_Physical_Security_General_Chassis_Intrusion Nominal' >states" }):ok()
  mc:freeipmi("ipmi-sel", { "--quiet-cache", "--display=4", "--output-event-state",
                            "--event-state-config-file=states" }):ok()
    :says("| Nominal +| General Chassis Intrusion$")
end)
