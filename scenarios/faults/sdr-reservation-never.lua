-- C5h for ever: a correct client tries a bounded number of times and says that it
-- failed. What the installed ones do stands in client/. (c5-forever)
tags "sdr"

test("the common commands of the language say so at once", function()
  local b = bmc "server-1u"
  b:answer(0x0a, 0x23, { cc = 0xc5 })
  local c = b:connect()
  expect_error(function() c:sdrs() end)
  expect_eq(c:device_id().ipmi, "2.0", "the session is none the worse")
end)

test("a reservation is not used up by being refused", function()
  local b = bmc "server-1u"
  local c = b:connect()
  local refused = b:answer(0x0a, 0x23, { cc = 0xc5, times = 3 })
  local reservation = expect_cc(c:cmd(0x0a, 0x22)).data
  local ccs = {}
  for i = 1, 4 do ccs[i] = c:cmd(0x0a, 0x23, reservation .. "\0\0\0\5").cc end
  expect_eq(ccs, { 0xc5, 0xc5, 0xc5, 0x00 })
  expect_eq(refused:struck(), 3)
end)
