-- A group or manufacturer whose commands a BMC does not have is answered with
-- C1h. IPMI v2.0, 5.1, table 5-1.
tags "command"

test("an unknown group is answered with C1h", function()
  local session = target():wire():session()
  for _, group in ipairs { 0x05, 0x7f, 0xfe } do
    expect_cc(session:cmd(0x2c, 0x01, { group }), 0xc1, ("group %02Xh"):format(group))
  end
end)

test("an unknown manufacturer is answered with C1h", function()
  local session = target():wire():session()
  expect_cc(session:cmd(0x2e, 0x01, { 0xfe, 0xff, 0x0f }), 0xc1)
end)

test("a group command without its group is refused", function()
  local session = target():wire():session()
  expect_cc_of(session:cmd(0x2c, 0x01), { 0xc1, 0xc7 }, "network function 2Ch")
  expect_cc_of(session:cmd(0x2e, 0x01, { 0x00, 0x00 }), { 0xc1, 0xc7 },
               "network function 2Eh")
end)
