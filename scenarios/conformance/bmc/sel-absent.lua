-- A record that is not there is refused with CBh. IPMI v2.0, 31.5, 31.8, 5.2.
tags "sel"

test("reading a record that is not there is refused with CBh", function()
  local session = target():connect()
  local taken = {}
  for _, entry in ipairs(session:sel()) do taken[entry.id] = true end
  local id = 0xfffe
  while taken[id] do id = id - 1 end
  expect_cc(session:cmd(0x0a, 0x43, string.pack("<I2I2BB", 0, id, 0, 0xff)), 0xcb)
end)

test("an empty log has neither a first nor a last record", { writes = true, only_lab = true },
     function()
  local session = target():connect()
  session:sel_clear()
  if session:sel_info().entries ~= 0 then skip "clearing is logged here" end
  for _, id in ipairs { 0x0000, 0xffff } do
    expect_cc(session:cmd(0x0a, 0x43, string.pack("<I2I2BB", 0, id, 0, 0xff)), 0xcb)
  end
end)

test("deleting a record that is not there is refused", { writes = true }, function()
  local session = target():connect()
  local id = session:sel_add(packet.sel_event { sensor = 0x51 })
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  local reply = session:cmd(0x0a, 0x46, reservation .. string.pack("<I2", id))
  expect_cc(optional(reply, "Delete SEL Entry"))
  reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  expect_refused(session:cmd(0x0a, 0x46, reservation .. string.pack("<I2", id)))
end)
