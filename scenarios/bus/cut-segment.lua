-- A broken backplane cuts the bus in two: on each side controllers reach each other, and across
-- the cut nobody acknowledges.
tags "bus"

test("two halves of a bus work by themselves", function()
  local chassis = bmc("bench.emu").chassis
  local cut = chassis:bus():fault { effect = "cut", segment = { 0x74, 0x76, 0x12 } }
  local here, there = chassis:controller(0x10), chassis:controller(0x12)
  for _, row in ipairs { { here, 0x20, true }, { here, 0x72, true }, { here, 0x74, false },
                         { there, 0x74, true }, { there, 0x76, true }, { there, 0x20, false } } do
    local reply = row[1]:ask(row[2], 0x06, 0x01)
    expect_eq(reply.ended, row[3] and "answered" or "not acknowledged",
              ("%s asks %02Xh"):format(tostring(row[1]), row[2]))
  end
  cut:disarm()
  expect_cc(here:ask(0x74, 0x06, 0x01), 0x00, "mended")
end)
