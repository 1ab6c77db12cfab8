-- "dcmi sensors" and "get_temp_reading" show the temperatures of inlet, processors and
-- board. DCMI v1.5, 6.5.2, 6.7.3.
tags("client", "dcmi")

test("they are the sensors'", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(31)
  mc:sensor "CPU1 Temp":set(77)
  local r = mc:ipmitool("dcmi sensors"):ok()
  r:says "Inlet: 1 temperature sensor"
  r:says "Inlet Temp +| 31 degrees C"
  r:says "CPU1 Temp +| 77 degrees C"
  r = mc:ipmitool("dcmi get_temp_reading"):ok()
  r:says "Inlet air temperature%(40h%)%s+1%s+%+31 C"
  r:says "CPU temperature sensors%(41h%)%s+1%s+%+77 C"
end)
