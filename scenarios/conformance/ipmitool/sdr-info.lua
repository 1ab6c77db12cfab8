-- "sdr info" shows the repository's facts. IPMI v2.0, 33.9.
tags("client", "sdr")

test("the count, and what can be done", function()
  local mc = bmc "server-1u"
  local shown = mc:ipmitool("sdr info"):ok():fields()
  expect_eq(shown["SDR Version"], "0x51")
  expect_eq(tonumber(shown["Record Count"]), #mc:sdrs())
  expect_eq(shown["Delete SDR supported"], "yes")
  expect_eq(shown["Reserve SDR repository supported"], "yes")
  expect_eq(shown["SDR overflow"], "no")
end)

test("one record more", function()
  local mc = bmc "server-1u"
  local before = mc:ipmitool("sdr info"):ok():fields()
  sleep(3600)
  expect_cc(mc:cmd(0x0a, 0x24, hex "00 00 51 c0 05 39 30 00 61 62"))
  local after = mc:ipmitool("sdr info"):ok():fields()
  expect_eq(tonumber(after["Record Count"]), tonumber(before["Record Count"]) + 1)
  expect_ne(after["Most recent Addition"], before["Most recent Addition"])
end)

test("octets of an answer", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x20, { data = hex "51 34 12 ff ff 00 00 00 00 00 00 00 00 80" })
  local shown = mc:ipmitool("sdr info"):ok():fields()
  expect_eq(shown["Record Count"], "4660")
  expect_eq(shown["SDR overflow"], "yes")
  expect_eq(shown["Delete SDR supported"], "no")
end)
