-- ipmiutil sel -s chooses records by how bad they are.
tags("client", "sel")

test("what is critical is chosen, what is not is left out", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  mc:sel_add(packet.sel_event { generator = 0x20, sensor_type = 0x13, sensor = 0x2d, data = { 0x00 } })
  mc:sel_add(packet.sel_event { generator = 0x20, sensor_type = 0x22, sensor = 0x2c, data = { 0x00 } })
  local r = mc:ipmiutil "sel -s2":ok()
  r:says "CRT .*#2d "
  r:lacks "#2c "
end)
