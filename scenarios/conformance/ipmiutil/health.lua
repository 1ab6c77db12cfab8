-- What ipmiutil health prints is what the BMC says of itself.
tags("client", "health")

test("it tells who the BMC is and that all is well", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "health":ok()
  local id = mc:device_id()
  r:says(("^BMC version +=.*%s, IPMI v%s"):format(id.firmware:gsub("%.", "%%."), id.ipmi))
  r:says(("^BMC manufacturer +=.*%04x .*product = %04x"):format(id.manufacturer, id.product))
  r:says "^Selftest status += 0055 +%(OK%)"
  r:says "^Power State += 00 +%(S0: working%)"
end)
