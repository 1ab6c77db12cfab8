-- Beyond a threshold ipmiutil names the state.
tags("client", "sensor")

test("what is well, warns and is critical", function()
  local mc = bmc "server-1u"
  local inlet = mc:sensor "Inlet Temp"
  local thresholds = expect_cc(mc:cmd(0x04, 0x27, { inlet.number }))
  for state, value in pairs { ["OK"] = thresholds[5] - 5, ["Warn%-hi"] = thresholds[5],
                              ["Crit%-hi"] = thresholds[6] } do
    inlet:set(value)
    mc:ipmiutil "sensor -i 4":ok():says(("Inlet Temp += %02x %s "):format(value, state))
  end
end)
