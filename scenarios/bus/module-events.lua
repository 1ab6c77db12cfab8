-- A module behind a carrier tells the carrier of its events, and the carrier passes them on to the shelf
-- manager as its own. AMC.0; ipmilab-emu(5), mc_bus.
tags("bus", "ipmb-l", "event")

test("a hot module is in the shelf's log, as the carrier's", function()
  local b = bmc "shelf"
  b:sel_clear()
  local module = b.chassis:mc(0x172)
  local hot
  for _, sensor in ipairs(module:sensors()) do
    if sensor.type == 0x01 then hot = hot or sensor end
  end
  hot:set_raw(0xff)
  sleep(1)
  local logged = 0
  for _, e in ipairs(b:sel()) do
    if e.sensor == hot.number and e.sensor_type == 0x01 then
      logged = logged + 1
      expect_eq(e.generator & 0xff, 0x88, "the generator")
    end
  end
  expect(logged > 0, "it is logged")
  trace:order { { link = "ipmb-l1", netfn = 0x04, cmd = 0x02, from = 0x72 },
                { link = "ipmb", netfn = 0x04, cmd = 0x02, from = 0x88, to = 0x20 } }
  expect_eq(trace:count { link = "ipmb-l1", netfn = 0x04, cmd = 0x02, from = 0x72, answer = false }, logged)
end)
