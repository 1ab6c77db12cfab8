-- There are as many alert destinations as parameter 17 says, besides the
-- volatile one. IPMI v2.0, 23.2, parameters 17 to 19.
tags "lan-parameters"

test("each destination can be read, and no more", function()
  local session = target():connect()
  local reply = session:cmd(0x0c, 0x02, { 0x0e, 17, 0, 0 })
  if reply.cc == 0x80 then skip "this BMC does not send alerts by LAN" end
  local count = expect_cc(reply)[2] & 0x0f
  if count == 0 then skip "this BMC does not send alerts by LAN" end
  for number, size in pairs { [18] = 4, [19] = 13 } do
    for set = 0, count do
      local entry = expect_cc(session:cmd(0x0c, 0x02, { 0x0e, number, set, 0 }))
      expect_eq(entry[2] & 0x0f, set, "the entry's number comes first")
      expect(#entry - 1 >= size, "it has all its octets")
    end
    if count < 15 then
      expect_refused(session:cmd(0x0c, 0x02, { 0x0e, number, count + 1, 0 }), "one more")
    end
  end
end)
