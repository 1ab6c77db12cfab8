-- pyghmi reads the sensors with their units and their health.
tags("client", "sensor")

test("a temperature", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(33)
  local r = mc:pyghmi("s = bmc.get_sensor_reading('Inlet Temp')\nprint(s.value, s.units)"):ok()
  r:says "^33%.0 °C"
end)

test("a fan that stands makes the system's health bad", function()
  local mc = bmc "server-1u"
  mc:pyghmi("print(bmc.get_health()['health'])"):ok():says "^0$"
  mc:sensor "Fan 1A":set(0)
  sleep(5)
  local r = mc:pyghmi("h = bmc.get_health()\n" ..
                      "print(h['health'], [s.name for s in h['badreadings']])"):ok()
  r:says "Fan 1A"
  r:lacks "^0 "
end)
