-- openipmish shows thresholds, and sets them.
tags("client", "sensor")

local INLET = '"d(55.1).Inlet Temp"'

test("they are those of the BMC", function()
  local mc = bmc "server-1u"
  local set = expect_cc(mc:cmd(0x04, 0x27, { 1 }))
  local r = mc:openipmi({ "sensor list d", "Inlet Temp",
                          "sensor get_thresholds " .. INLET,
                          "upper non%-recoverable%s+Value: %S+" },
                        { how = "-noall -sdrs" }):ok()
  expect_eq(tonumber(r.output:match "upper non%-critical%s+Value: ([%d%.e+]+)"), set[5])
end)

test("one that is set is in the BMC", function()
  local mc = bmc "server-1u"
  mc:openipmi({ "sensor list d", "Inlet Temp",
                "sensor set_thresholds " .. INLET .. " un 29.0", "Thresholds [Ss]et" },
              { how = "-noall -sdrs" }):ok()
  expect_eq(expect_cc(mc:cmd(0x04, 0x27, { 1 }))[5], 29)
end)
