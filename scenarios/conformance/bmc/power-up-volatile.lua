-- Set-in-progress is forgotten with a cold reset. IPMI v2.0, 20.2, 23.1.
tags "device"
only_lab()

test("after a cold reset no parameters are being set", function()
  local bmc = target()
  for _, c in ipairs { { 0x0c, 0x01, { 1, 0, 1 } }, { 0x04, 0x12, { 0, 1 } },
                       { 0x00, 0x08, { 0, 1 } } } do
    expect_cc(bmc:cmd(c[1], c[2], c[3]))
  end
  bmc:cold_reset()
  sleep(60)
  expect_eq(bmc:cmd(0x0c, 0x02, { 1, 0, 0, 0 })[2], 0, "LAN parameters")
  expect_eq(bmc:cmd(0x04, 0x13, { 0, 0, 0 })[2], 0, "PEF parameters")
  expect_eq(bmc:cmd(0x00, 0x09, { 0, 0, 0 })[3], 0, "boot options")
end)
