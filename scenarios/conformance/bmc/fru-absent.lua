-- An inventory that is not there is refused with CBh. IPMI v2.0, 34.1, 5.2.
tags "fru"

test("a FRU device that is not there is refused", function()
  local session = target():connect()
  local known = { [0] = true, [0xff] = true }
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) == 0x11 then known[record:byte(7)] = true end
  end
  local id = 0xfe
  while known[id] do id = id - 1 end
  local info = expect_refused(session:cmd(0x0a, 0x10, { id }), "Get FRU Inventory Area Info")
  local read = expect_refused(session:cmd(0x0a, 0x11, { id, 0, 0, 8 }), "Read FRU Data")
  left_open("another completion code may say so", function()
    expect_cc(info, 0xcb, "Get FRU Inventory Area Info")
    expect_cc(read, 0xcb, "Read FRU Data")
  end)
end)
