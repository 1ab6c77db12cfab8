-- An event whose answer is lost is sent again, with the same number: the receiver answers each time, and
-- logs it once. IPMB v1.0, event messages; IPMI v2.0, 29.3.
tags("bus", "event", "duplicates")

for lost = 1, 3 do
  test(("%d answers are lost, and one record is logged"):format(lost), function()
    local b = bmc "twin"
    b:sel_clear()
    b:fault { on = "ipmb", effect = "lose", from = 0x20, to = 0x72, times = lost }
    b.chassis:mc(0x72):sensor(1):set_raw(0xff)
    sleep(2)
    local sendings = trace:frames { link = "ipmb", netfn = 0x04, cmd = 0x02, from = 0x72, answer = false }
    local distinct, records = {}, {}
    for _, frame in ipairs(sendings) do distinct[frame.bytes] = (distinct[frame.bytes] or 0) + 1 end
    for _, e in ipairs(b:sel()) do
      if e.generator == 0x72 then records[#records + 1] = e.record:sub(8) end
    end
    local events = 0
    for _ in pairs(distinct) do events = events + 1 end
    expect_eq(#sendings, events + lost, "resent as often as an answer was lost")
    expect_eq(#records, events, "each is logged once")
  end)
end

test("the bus brings every event three times, and each is logged once", function()
  local b = bmc "twin"
  b:sel_clear()
  b:fault { on = "ipmb", effect = "duplicate", to = 0x20, count = 2, span = "3ms" }
  b.chassis:mc(0x72):sensor(1):set_raw(0xff)
  sleep(1)
  local seen = {}
  for _, e in ipairs(b:sel()) do
    local event = e.record:sub(8)
    expect(not seen[event], "logged twice")
    seen[event] = true
  end
  expect(next(seen), "something was logged")
end)
