-- The log says who an event is from: the address of the controller, and the channel by which it
-- came. The BMC's own have 20h. IPMI v2.0, 32.1.
tags("bus", "event")

test("events of the BMC and of both satellites are told apart", function()
  local b = bmc "twin"
  b:sel_clear()
  local own
  for _, sensor in ipairs(b:sensors()) do
    if sensor.type == 0x01 and sensor.number < 0x80 then own = own or sensor end
  end
  own:set_raw(0xff)
  sleep("50ms")
  for _, address in ipairs { 0x74, 0x72 } do
    b.chassis:mc(address):sensor(1):set_raw(0xff)
    sleep("50ms")
  end
  local generators = {}
  for _, e in ipairs(b:sel()) do
    if e.sensor_type == 0x01 then generators[e.generator] = true end
  end
  expect_eq(generators, { [0x0020] = true, [0x0072] = true, [0x0074] = true })
end)

test("a function that sends an event is its generator", function()
  local b = bmc "bench.emu"
  local node = b.chassis:controller(0x30)
  expect_cc(node:ask(0x20, 0x04, 0x02, { 0x04, 0x04, 0x07, 0x01, 0x52, 0x10, 0x20 }))
  local entry = b:sel_entry(0xffff)
  expect_eq({ entry.generator, entry.sensor_type, entry.sensor, entry.event_type },
            { 0x0030, 0x04, 0x07, 0x01 })
  expect_eq(entry.data, { 0x52, 0x10, 0x20 })
end)
