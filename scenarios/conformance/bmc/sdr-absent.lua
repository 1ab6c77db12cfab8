-- A record that is not there is refused with CBh. IPMI v2.0, 33.12, 5.2.
tags "sdr"

test("reading a record that is not there is refused with CBh", function()
  local session = target():connect()
  local taken = {}
  for _, record in ipairs(session:sdrs()) do taken[string.unpack("<I2", record)] = true end
  local id = 0xfffe
  while taken[id] do id = id - 1 end
  expect_cc(session:cmd(0x0a, 0x23, string.pack("<I2I2BB", 0, id, 0, 5)), 0xcb)
end)
