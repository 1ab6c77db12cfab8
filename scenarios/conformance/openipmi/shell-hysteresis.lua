-- openipmish shows a sensor's hysteresis, and sets it.
tags("client", "sensor")

local INLET = '"d(55.1).Inlet Temp"'

test("what is set is in the BMC", function()
  local mc = bmc "server-1u"
  mc:openipmi({ "sensor list d", "Inlet Temp",
                "sensor set_hysteresis " .. INLET .. " 3 4", "[Hh]ysteresis [Ss]et" },
              { how = "-noall -sdrs" }):ok()
  expect_eq(expect_cc(mc:cmd(0x04, 0x25, { 1, 0xff })).data, "\3\4")
end)
