-- The language itself: what sensors read over time.

test("a history keeps the last samples, at whole periods", function()
  local b = bmc "server-1u"
  local inlet, fan = b:sensor "Inlet Temp", b:sensor "Fan 1A"
  expect_eq(#inlet:history(), 0, "none is kept unless asked for")
  b:keep_history(5, "2s")
  inlet:set(30)
  sleep(7)
  inlet:set(40)
  sleep(20)
  local samples = inlet:history()
  expect_eq(#samples, 5)
  for i = 2, 5 do expect_near(samples[i].at - samples[i - 1].at, 2, 1e-9) end
  expect_near(samples[5].at, now() // 2 * 2, 1e-9)
  expect_near(samples[5].value, 40, 2)
  expect_eq(#fan:history(), 5, "every sensor has one")
  b:keep_history(3, "1s")
  expect_eq(#inlet:history(), 0, "it begins anew")
end)

test("a sample tells when there was no reading; of a discrete sensor the states", function()
  local b = bmc "server-1u"
  local inlet, intrusion = b:sensor "Inlet Temp", b:sensor "Intrusion"
  b:keep_history(10, "1s")
  intrusion:state(0)
  sleep(1.5)
  local seen = intrusion:history()
  expect_eq(seen[1].reading & 1, 1)
  expect_eq(seen[1].value, nil, "it has no units")
  expect_cc(b:cmd(0x04, 0x28, { inlet.number, 0x80 }))
  sleep(2)
  local samples = inlet:history()
  expect(samples[1].reading, "there was a reading")
  expect_eq(samples[#samples].reading, nil, "scanning is off")
end)

test("what makes no history is refused", function()
  local b = bmc "twin"
  expect_error(function() b:keep_history(0) end, "samples: found 0; expected a whole number, 1")
  expect_error(function() b:keep_history(10, "1us") end, "no history of 10 samples")
  expect_error(function() b.chassis:mc(0x2c):keep_history(10) end, "has no sensors")
end)
