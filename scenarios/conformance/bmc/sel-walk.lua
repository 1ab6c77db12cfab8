-- From the first record on, each names the next one, and the last FFFFh.
-- IPMI v2.0, 31.5.
tags "sel"

test("a walk through the log meets each record once", function()
  local session = target():connect()
  if session:sel_info().entries == 0 then skip "the log is empty" end
  local list, seen = session:sel(), {}
  for _, entry in ipairs(list) do
    expect(not seen[entry.id], ("record %04Xh is met once"):format(entry.id))
    expect(entry.id ~= 0x0000 and entry.id ~= 0xffff, "0000h and FFFFh are no record's ids")
    seen[entry.id] = true
  end
  expect_eq(session:sel_entry(0x0000).id, list[1].id, "0000h names the first record")
  expect_eq(session:sel_entry(0xffff).id, list[#list].id, "FFFFh names the last record")
end)
