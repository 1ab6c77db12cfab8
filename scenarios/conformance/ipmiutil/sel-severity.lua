-- ipmiutil sel -s chooses records by how bad they are.
tags("client", "sel")

test("what is critical is chosen, what is not is left out", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  for sensor, kind in pairs { [0x2d] = 0x13, [0x2c] = 0x22 } do
    mc:sel_add(packet.sel_event { generator = 0x20, sensor_type = kind, sensor = sensor,
                                  data = { 0x00 } })
  end
  local r = mc:ipmiutil "sel -s2":ok()
  r:says "CRT .*#2d "
  r:lacks "#2c "
end)
