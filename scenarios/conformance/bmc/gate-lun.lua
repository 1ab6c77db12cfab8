-- A BMC's commands are at LUN 0; at another one they are not to be had.
-- IPMI v2.0, 5.2, 7.2.
tags "gate"

test("a command at a LUN that does not have it is refused with C2h", function()
  local session = target():wire():session()
  for _, lun in ipairs { 1, 3 } do
    local reply = session:cmd(0x06, 0x01, nil, { message = { rs_lun = lun } })
    expect_cc(reply, 0xc2, ("Get Device ID at LUN %d"):format(lun))
  end
  expect_cc(session:cmd(0x06, 0x01), 0x00, "Get Device ID at LUN 0")
end)
