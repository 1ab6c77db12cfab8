-- OEM network functions that a BMC has nothing under are answered with C1h.
-- IPMI v2.0, 5.1, table 5-1.
tags "command"

test("an OEM command that is not there is answered with C1h", function()
  local session = target():wire():session()
  for netfn = 0x30, 0x3e, 2 do
    expect_cc(session:cmd(netfn, 0xfd), 0xc1, ("network function %02Xh"):format(netfn))
  end
end)
