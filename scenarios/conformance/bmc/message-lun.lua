-- Commands of LUN 0 are not those of other LUNs. IPMI v2.0, 5.2, 7.2.
tags "message"

test("a command of LUN 0 is unknown under the OEM LUNs", function()
  local session = target():wire():session()
  left_open("what the OEM's LUNs have is the OEM's", function()
    for _, lun in ipairs { 1, 3 } do
      expect_cc_of(session:cmd(0x06, 0x01, nil, { message = { rs_lun = lun } }), { 0xc1, 0xc2 },
                   ("under LUN %d"):format(lun))
    end
  end)
end)
