-- openipmish reads a sensor in its units.
tags("client", "sensor")

test("a reading that changes", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(33)
  local r = mc:openipmi({ "sensor list d", "Inlet Temp",
                          'sensor get "d(55.1).Inlet Temp"', "Value: " },
                        { how = "-noall -sdrs" }):ok()
  expect_eq(tonumber(r:says "^  Value: ([%d%.e+]+)"), 33)
  r:says "^  Event Messages Enabled: true"
end)
