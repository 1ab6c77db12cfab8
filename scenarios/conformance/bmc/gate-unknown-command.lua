-- A command that a BMC does not have is answered "invalid command", which tells
-- it from one whose data are wrong. IPMI v2.0, 5.2.
tags "gate"

test("an unknown command is answered C1h", function()
  local bmc = target()
  for _, netfn in ipairs { 0x00, 0x04, 0x06, 0x0a, 0x0c } do
    local claim = ("network function %02Xh has no command 7Eh"):format(netfn)
    expect_cc(bmc:cmd(netfn, 0x7e), 0xc1, claim)
    expect_cc(bmc:cmd(netfn, 0x7e, { 0x01, 0x02, 0x03 }), 0xc1, claim .. ", with data")
  end
end)
