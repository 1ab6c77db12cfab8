-- openipmish shows which events a sensor tells, and disables some.
tags("client", "sensor")

local INLET = '"d(55.1).Inlet Temp"'

test("those that are enabled are shown", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi({ "sensor list d", "Inlet Temp",
                          "sensor get_event_enables " .. INLET, "Scanning Enabled" },
                        { how = "-noall -sdrs" }):ok()
  r:says "Event Messages Enabled: true"
  r:says "Scanning Enabled: true"
end)

test("without messages nothing is logged", function()
  local mc = bmc "server-1u"
  mc:openipmi({ "sensor list d", "Inlet Temp",
                "sensor set_event_enables " .. INLET .. " nomsg scan",
                "[Ee]vent [Ee]nables [Ss]et" },
              { how = "-noall -sdrs" }):ok()
  expect_eq(expect_cc(mc:cmd(0x04, 0x29, { 1 }))[1] & 0xc0, 0x40, "scanning, no messages")
end)
